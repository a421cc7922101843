import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import type { NetRequest } from '../../../src/main/core/ports.ts';
import { createNet } from '../../../src/main/engine/net.ts';
import { noProxies, proxyFor, proxySettings } from '../../../src/main/engine/proxy.ts';

/** The Net port against servers that behave and servers that do not. */

const open: TcpServer[] = [];
const sockets = new Set<Socket>();

async function serve(server: TcpServer): Promise<number> {
  open.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const http = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await serve(createServer(listener))}`;

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of open.splice(0)) server.close();
});

const usual: Omit<NetRequest, 'url'> = { body: null, accept: '*/*', maximumBytes: 1_000, timeoutMs: 2_000 };

async function fault(request: Partial<NetRequest> & { url: string }, proxies = noProxies): Promise<string> {
  try {
    await createNet(proxies).exchange({ ...usual, ...request });
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${String(error.params?.['reason'])}`;
    throw error;
  }
  throw new Error('went through');
}

describe('an exchange', () => {
  it('gets and posts, and says as little about us as it can', async () => {
    const seen: { method: string; headers: string[]; body: string }[] = [];
    const url = await http((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        seen.push({ method: request.method ?? '', headers: Object.keys(request.headers).toSorted(), body });
        response.writeHead(200, { 'Content-Type': 'Application/OCSP-Response; charset=x' }).end('jawab');
      });
    });
    const net = createNet(noProxies);
    const got = await net.exchange({ ...usual, url });
    expect({ ...got, bytes: Buffer.from(got.bytes).toString() }).toEqual({
      status: 200,
      type: 'application/ocsp-response',
      bytes: 'jawab',
    });
    await net.exchange({ ...usual, url, body: { type: 'text/x', bytes: Buffer.from('tanya') } });
    const common = ['accept', 'accept-encoding', 'cache-control', 'connection', 'host'];
    expect(seen).toEqual([
      { method: 'GET', headers: common, body: '' },
      { method: 'POST', headers: [...common, 'content-length', 'content-type'].toSorted(), body: 'tanya' },
    ]);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/x',
    'javascript:1',
    'http://user:secret@127.0.0.1/',
    'http://',
    'not an address',
    `http://127.0.0.1/${'a'.repeat(3_000)}`,
  ])('is not made with %s', async (url) => {
    expect(await fault({ url })).toBe('NETWORK_FAILED ADDRESS');
  });

  it('ends at its cap, said or unsaid', async () => {
    const said = await http((_, response) => response.end(Buffer.alloc(1_001)));
    expect(await fault({ url: said })).toBe('NETWORK_FAILED TOO_LARGE');
    let written = 0;
    const endless = await http((_, response) => {
      const more = (): void => {
        while (!response.destroyed && written < 50_000_000) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536))) {
            response.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    expect(await fault({ url: endless })).toBe('NETWORK_FAILED TOO_LARGE');
    expect(written).toBeLessThan(20_000_000);
  });

  it('ends in time: no answer, an answer by drops, no end of redirects', async () => {
    const started = Date.now();
    const silent = await http(() => undefined);
    expect(await fault({ url: silent, timeoutMs: 150 })).toBe('NETWORK_FAILED TIMED_OUT');
    const drops = await http((_, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await fault({ url: drops, timeoutMs: 200 })).toBe('NETWORK_FAILED TIMED_OUT');
    const loop = await http((request, response) =>
      response.writeHead(302, { Location: request.url ?? '/' }).end(),
    );
    expect(await fault({ url: loop })).toBe('NETWORK_FAILED REDIRECTS');
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('follows a redirect of a GET to web addresses only, and none of a POST', async () => {
    const url = await http((request, response) => {
      if (request.url === '/there') response.end('ada');
      else if (request.url === '/file') response.writeHead(302, { Location: 'file:///etc/passwd' }).end();
      else response.writeHead(301, { Location: '/there' }).end();
    });
    expect(Buffer.from((await createNet(noProxies).exchange({ ...usual, url })).bytes).toString()).toBe(
      'ada',
    );
    expect(await fault({ url: `${url}/file` })).toBe('NETWORK_FAILED ADDRESS');
    const body = { type: 'text/x', bytes: Buffer.from('rahasia') };
    expect(await fault({ url, body })).toBe('NETWORK_FAILED STATUS_301');
  });

  it.each([
    ['hangs up', (socket: Socket) => socket.destroy(), 'UNREACHABLE'],
    ['talks nonsense', (socket: Socket) => socket.end('nonsense\r\n\r\n'), 'UNREACHABLE'],
    [
      'breaks off',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'),
      'UNREACHABLE',
    ],
    ['refuses', (socket: Socket) => socket.end('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'), 'STATUS_503'],
  ])('with a server that %s fails by name', async (_, answer, reason) => {
    const port = await serve(createTcpServer((socket) => socket.once('data', () => answer(socket))));
    expect(await fault({ url: `http://127.0.0.1:${port}/` })).toBe(`NETWORK_FAILED ${reason}`);
  });

  it('with nobody there fails', async () => {
    const port = await serve(createTcpServer());
    await new Promise((resolve) => open.pop()?.close(resolve));
    expect(await fault({ url: `http://127.0.0.1:${port}/` })).toBe('NETWORK_FAILED UNREACHABLE');
  });
});

describe('TLS and proxies', () => {
  let folder: string;
  let key: Buffer;
  let cert: Buffer;
  const before = getCACertificates('default');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'eletter-net-'));
    const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'cert')];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...names],
      {
        stdio: 'pipe',
      },
    );
    key = readFileSync(join(folder, 'key'));
    cert = readFileSync(join(folder, 'cert'));
  });
  afterAll(() => {
    setDefaultCACertificates(before);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A proxy that keeps a record of what it was asked for. */
  async function proxy(asked: string[], status = 200): Promise<string> {
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
      httpRequest(request.url ?? '', (answer) => answer.pipe(response)).end();
    });
    server.on('connect', (request, client: Socket) => {
      asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
      if (status !== 200) {
        client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
        return;
      }
      const [, port] = (request.url ?? '').split(':');
      const far = connect(Number(port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        far.pipe(client).pipe(far);
      });
      far.on('error', () => client.destroy());
    });
    return `http://pemakai:sandi@127.0.0.1:${await serve(server as Server)}`;
  }

  it('asks http by the proxy and https through it, with the name checked at the far end', async () => {
    const plain = await http((_, response) => response.end('terbuka'));
    const tls = createTlsServer({ key, cert }, (_, response) => response.end('tertutup'));
    const secure = `https://localhost:${await serve(tls)}`;
    const asked: string[] = [];
    const address = await proxy(asked);
    const proxies = { http: address, https: address, except: [] };
    const word = async (url: string): Promise<string> =>
      Buffer.from((await createNet(proxies).exchange({ ...usual, url })).bytes).toString();
    expect(await word(`${plain}/a?b`)).toBe('terbuka');
    expect(await fault({ url: secure }, proxies)).toBe('NETWORK_FAILED TLS');
    setDefaultCACertificates([...before, cert.toString()]);
    expect(await word(secure)).toBe('tertutup');
    expect(await fault({ url: secure.replace('localhost', '127.0.0.1') }, proxies)).toBe(
      'NETWORK_FAILED TLS',
    );
    const login = `Basic ${Buffer.from('pemakai:sandi').toString('base64')}`;
    expect(asked.slice(0, 2)).toEqual([
      `GET ${plain}/a?b ${login}`,
      `CONNECT ${secure.slice('https://'.length)} ${login}`,
    ]);
    expect(await fault({ url: secure }, { ...proxies, https: await proxy(asked, 407) })).toBe(
      'NETWORK_FAILED PROXY',
    );
  });

  it('does not go from TLS to the clear', async () => {
    setDefaultCACertificates([...before, cert.toString()]);
    const plain = await http((_, response) => response.end('terbuka'));
    const tls = createTlsServer({ key, cert }, (_, response) =>
      response.writeHead(302, { Location: plain }).end(),
    );
    expect(await fault({ url: `https://localhost:${await serve(tls)}` })).toBe('NETWORK_FAILED REDIRECTS');
  });

  it('goes past the proxy only where that is said, and never because the proxy is misspelt', async () => {
    const settings = proxySettings({
      HTTP_PROXY: 'http://proxy.local:3128',
      https_proxy: 'socks5://proxy.local',
      NO_PROXY: 'localhost, .lampungtimurkab.go.id,10.0.0.1:8080',
    });
    const via = (url: string): string | null => proxyFor(new URL(url), settings)?.url.host ?? null;
    expect(via('http://tsa.example/')).toBe('proxy.local:3128');
    expect(via('http://localhost/')).toBeNull();
    expect(via('http://tsa.lampungtimurkab.go.id/')).toBeNull();
    expect(via('http://lampungtimurkab.go.id.example/')).toBe('proxy.local:3128');
    expect(via('http://10.0.0.1:8080/')).toBeNull();
    expect(via('http://10.0.0.1/')).toBe('proxy.local:3128');
    expect(await fault({ url: 'https://tsa.example/' }, settings)).toBe('NETWORK_FAILED PROXY');
    expect(proxyFor(new URL('http://x/'), proxySettings({}))).toBeNull();
    expect(proxyFor(new URL('http://x/'), { ...settings, except: ['*'] })).toBeNull();
  });
});
