import { readFileSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/main/cli/run.ts';
import { sequence, tlv } from '../../src/main/core/pki/der/write.ts';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import { extension } from '../../src/main/core/pki/x509/issue.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { poolEntry, resourcesDir } from '../fixtures/engine.ts';
import { issue, pem } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';

/**
 * The BSrE Esign Client Service by contract: a server of ours on loopback, over TLS, that speaks its requests, answers
 * and errors (DOMAIN §6), signs for real, and lies on demand.
 */
const nik = '1807012345678901';
const passphrase = 'Rahasia#Sekali 2026';
const login = `Basic ${Buffer.from('eletter:sandi-aplikasi').toString('base64')}`;

interface Seen {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}
type Sign = (pdf: Buffer) => Promise<Uint8Array>;

let folder: string;
let server: Server;
let seen: Seen[] = [];
let honest: Sign;
let behaviour: { status?: object; sign?: Sign; answer?: () => { http: number; type: string; body: Buffer } } =
  {};
let out: string[] = [];
let err: string[] = [];
const path = (name: string): string => join(folder, name);
let input: Buffer;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Fields of multipart/form-data, as a server reads them. */
function parts(body: Buffer, type: string): Map<string, Buffer> {
  const boundary = `--${/boundary=(\S+)/.exec(type)?.[1] ?? '?'}`;
  const text = body.toString('latin1');
  const found = text
    .split(boundary)
    .slice(1, -1)
    .map((part) => {
      const split = part.indexOf('\r\n\r\n');
      const name = /name="([^"]+)"/.exec(part.slice(0, split))?.[1] ?? '';
      return [name, Buffer.from(part.slice(split + 4, -2), 'latin1')] as const;
    });
  return new Map(found);
}

interface OrderV2 {
  readonly nik?: string;
  readonly passphrase?: string;
  readonly file?: readonly string[];
  readonly signatureProperties?: readonly Record<string, unknown>[];
}

async function serve(request: IncomingMessage): Promise<{ http: number; type: string; body: Buffer }> {
  const body = await bodyOf(request);
  const type = request.headers['content-type'] ?? '';
  seen.push({ path: request.url ?? '', type, body });
  const json = (http: number, value: object): { http: number; type: string; body: Buffer } => ({
    http,
    type: 'application/json',
    body: Buffer.from(JSON.stringify(value)),
  });
  if (request.headers.authorization !== login) return json(401, { error: 'Unauthorized', status_code: 401 });
  const refused = (who: string, secret: string): ReturnType<typeof json> | null => {
    if (who !== nik) return json(400, { error: 'Pengguna tidak terdaftar', status_code: 2011 });
    return secret === passphrase ? null : json(400, { error: 'Passphrase anda salah', status_code: 2031 });
  };
  if (request.url === '/api/v2/user/check/status') {
    const asked = JSON.parse(body.toString()) as OrderV2;
    if (asked.nik !== nik) return json(200, { status_code: 1110, message: 'x', status: 'NOT_REGISTERED' });
    return json(200, behaviour.status ?? { status_code: 1111, message: 'ok', status: 'ISSUE' });
  }
  if (behaviour.answer) return behaviour.answer();
  const sign = behaviour.sign ?? honest;
  if (request.url === '/api/v2/sign/pdf') {
    const order = JSON.parse(body.toString()) as OrderV2;
    const no = refused(order.nik ?? '', order.passphrase ?? '');
    if (no) return no;
    const signed = await sign(Buffer.from(order.file?.[0] ?? '', 'base64'));
    return json(200, { time: 812, file: [Buffer.from(signed).toString('base64')] });
  }
  if (request.url === '/api/sign/pdf') {
    const fields = parts(body, type);
    const no = refused(String(fields.get('nik')), String(fields.get('passphrase')));
    if (no) return no;
    const signed = await sign(fields.get('file') ?? Buffer.alloc(0));
    return { http: 200, type: 'application/pdf', body: Buffer.from(signed) };
  }
  return json(404, { error: 'Not Found', status_code: 404 });
}

async function sign(version: 1 | 2, more: Record<string, unknown> = {}): Promise<number> {
  out = [];
  err = [];
  const { port } = server.address() as AddressInfo;
  const settings = {
    url: `https://127.0.0.1:${port}`,
    version,
    user: 'eletter',
    passwordFile: 'gateway-pass',
    signer: nik,
    authoritiesFile: 'tls-root.pem',
    ...more,
  };
  writeFileSync(path('gateway.json'), JSON.stringify(settings));
  const argv = ['sign', path('in.pdf'), '--gateway', path('gateway.json'), '--out', path('out.pdf')];
  const environment = { resourcesDir, dataDir: path('data'), version: '1', poolEntry };
  return runCommand(
    [...argv, '--passphrase-file', path('pass'), '--reason', 'Pengesahan', '--json'],
    environment,
  );
}

function expectRefused(code: string): void {
  expect(err.join('\n')).toContain(`[${code}]`);
  expect(err.join('\n')).not.toContain(passphrase);
  expect(existsSync(path('out.pdf'))).toBe(false);
}

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  folder = mkdtempSync(join(tmpdir(), 'eletter-gateway-'));
  const root = issue({ name: 'CA TLS Uji', ca: true });
  const loopback = extension('2.5.29.17', false, sequence(tlv(0x87, Buffer.of(127, 0, 0, 1))));
  const tls = issue({
    name: '127.0.0.1',
    issuer: root,
    purposes: ['1.3.6.1.5.5.7.3.1'],
    usages: ['digitalSignature'],
    extra: [loopback],
  });
  writeFileSync(path('tls-root.pem'), pem('CERTIFICATE', root.certificate));
  writeFileSync(path('pass'), `${passphrase}\n`);
  writeFileSync(path('gateway-pass'), 'sandi-aplikasi\n');
  input = Buffer.from(await inputPdf('table'));
  writeFileSync(path('in.pdf'), input);
  const names = { commonName: 'Siti Rahayu', organisation: 'Pemkab Lampung Timur', unit: 'Setda' };
  const identity = await createTestIdentity(names, new Date());
  const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
  honest = (pdf) => signPdf(pdf, { signer, time: new Date(), name: 'Siti Rahayu' });
  const key = pem('PRIVATE KEY', tls.privateKey);
  server = createServer({ key, cert: pem('CERTIFICATE', tls.certificate) }, (request, response) => {
    void serve(request).then(({ http, type, body }) => {
      response.writeHead(http, { 'Content-Type': type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  behaviour = {};
  seen = [];
  rmSync(path('out.pdf'), { force: true });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe.each([1, 2] as const)('version %d', (version) => {
  it('signs, and the file is ours with a signature behind it', async () => {
    expect(await sign(version), err.join('\n')).toBe(0);
    const signed = readFileSync(path('out.pdf'));
    expect(signed.subarray(0, input.length).equals(input)).toBe(true);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ level: 'B-B' });
    const [last] = seen.slice(-1);
    expect(last?.path).toBe(version === 2 ? '/api/v2/sign/pdf' : '/api/sign/pdf');
    expect(seen).toHaveLength(version);
    if (version === 2) {
      const order = JSON.parse(String(last?.body)) as OrderV2;
      expect(order).toMatchObject({ nik, passphrase });
      expect(order.signatureProperties).toEqual([{ tampilan: 'INVISIBLE', reason: 'Pengesahan' }]);
    } else {
      const fields = parts(last?.body ?? Buffer.alloc(0), last?.type ?? '');
      expect(String(fields.get('tampilan'))).toBe('invisible');
      expect(fields.get('file')?.equals(input)).toBe(true);
    }
  });

  it('signs a second time without harm to the first', async () => {
    expect(await sign(version)).toBe(0);
    const once = readFileSync(path('out.pdf'));
    writeFileSync(path('in.pdf'), once);
    try {
      expect(await sign(version), err.join('\n')).toBe(0);
      expect(readFileSync(path('out.pdf')).subarray(0, once.length).equals(once)).toBe(true);
    } finally {
      writeFileSync(path('in.pdf'), input);
    }
  });

  it('says who is not registered, and that a passphrase is wrong', async () => {
    await sign(version, { signer: '1807019999999999' });
    expectRefused('GATEWAY_NOT_REGISTERED');
    writeFileSync(path('pass'), 'salah\n');
    try {
      await sign(version);
      expectRefused('GATEWAY_PASSPHRASE_WRONG');
    } finally {
      writeFileSync(path('pass'), `${passphrase}\n`);
    }
  });

  it('an application account that is refused', async () => {
    await sign(version, { user: 'lain' });
    expectRefused('GATEWAY_LOGIN_REFUSED');
  });
});

describe('what comes back', () => {
  it.each([
    ['a file that is not ours', 'CHANGED', async () => honest(Buffer.from(await inputPdf('stream')))],
    ['our file without a signature', 'CHANGED', async (pdf: Buffer) => pdf],
    [
      'our file with rubbish behind it',
      'NO_SIGNATURE',
      async (pdf: Buffer) => Buffer.concat([pdf, Buffer.from('\n%x\n')]),
    ],
    ['a signature that does not hold', 'SIGNATURE', async (pdf: Buffer) => spoiled(await honest(pdf))],
    ['a change in what was sent', 'CHANGED', async (pdf: Buffer) => changed(await honest(pdf))],
    [
      'bytes behind the signature',
      'SIGNATURE',
      async (pdf: Buffer) => Buffer.concat([await honest(pdf), Buffer.from('\n9 0 obj\n<<>>\nendobj\n')]),
    ],
    ['no PDF', 'FORMAT', async () => Buffer.from('bukan pdf')],
  ])('is not kept when it is %s', async (_, reason, lie) => {
    behaviour.sign = lie;
    expect(await sign(2)).toBe(65);
    expectRefused('GATEWAY_ANSWER_UNUSABLE');
    expect(err[0]).toContain(`(${reason})`);
  });

  it.each([
    ['an error with another code', 400, { error: 'x', status_code: 2099 }, 'GATEWAY_REFUSED'],
    ['an error in a successful answer', 200, { error: 'x', status_code: 2031 }, 'GATEWAY_PASSPHRASE_WRONG'],
    ['an error page', 502, null, 'GATEWAY_REFUSED'],
    ['an empty success', 200, {}, 'GATEWAY_ANSWER_UNUSABLE'],
    ['two files for one', 200, { file: ['JVBERi0=', 'JVBERi0='] }, 'GATEWAY_ANSWER_UNUSABLE'],
  ] as const)('%s', async (_, http, value, code) => {
    const body = Buffer.from(value === null ? '<html>Bad Gateway</html>' : JSON.stringify(value));
    behaviour.answer = () => ({ http, type: value === null ? 'text/html' : 'application/json', body });
    expect(await sign(2)).not.toBe(0);
    expectRefused(code);
  });
});

/** One bit of the signature value turned. */
function spoiled(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const start = bytes.lastIndexOf('/Contents <') + 11;
  const end = bytes.indexOf('>', start);
  // the last digit that is no padding lies in the signature value or an unsigned attribute's end
  const text = bytes.toString('latin1', start, end).replace(/(00)+$/, '');
  const at = start + text.length - 20;
  bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30;
  return bytes;
}

function changed(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  return bytes;
}

describe('the connection', () => {
  it.each(['REVOKE', 'EXPIRED', 'SUSPEND'])('version 2 asks first: %s', async (status) => {
    behaviour.status = { status_code: 1112, message: 'x', status };
    await sign(2);
    expectRefused('GATEWAY_CERTIFICATE_INACTIVE');
    expect(err.join('\n')).toContain(status);
    expect(seen.map((one) => one.path)).toEqual(['/api/v2/user/check/status']);
    expect(seen.some((one) => one.body.includes(passphrase))).toBe(false);
  });

  it('nothing is sent to a server that nobody vouches for, nor in the clear', async () => {
    const stranger = issue({ name: 'CA Lain', ca: true });
    writeFileSync(path('other-root.pem'), pem('CERTIFICATE', stranger.certificate));
    await sign(2, { authoritiesFile: 'other-root.pem' });
    expectRefused('NETWORK_FAILED');
    const { port } = server.address() as AddressInfo;
    await sign(1, { url: `http://127.0.0.1:${port}` });
    expectRefused('BAD_REQUEST');
    expect(seen).toEqual([]);
  });

  it('settings that make no sense are refused before anything is sent', async () => {
    for (const bad of [{ version: 3 }, { signer: '123' }, { url: 'bukan' }, { user: '' }]) {
      await sign(2, bad);
      expectRefused('BAD_REQUEST');
    }
    expect(seen).toEqual([]);
  });
});
