import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { AppError } from '../core/contract/errors.ts';
import type { Net, NetAnswer, NetFault, NetRequest } from '../core/ports.ts';
import { proxyFor, type Proxy, type ProxySettings } from './proxy.ts';

/**
 * The Net port by node:http and node:https alone: nothing is asked before somebody asks, nothing is kept, no
 * cookies, no compression, no connection stays open.
 */

const maximumRedirects = 3;
const longestAddress = 2_048;

class Fault extends Error {
  readonly reason: NetFault;
  constructor(reason: NetFault, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

export function createNet(proxies: ProxySettings): Net {
  return {
    async exchange(request) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(new Fault('TIMED_OUT')), request.timeoutMs);
      try {
        return await follow(request, proxies, deadline.signal);
      } catch (error) {
        const fault = deadline.signal.aborted ? 'TIMED_OUT' : faultOf(error);
        throw new AppError('NETWORK_FAILED', { host: hostOf(request.url), reason: fault }, error);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function follow(request: NetRequest, proxies: ProxySettings, signal: AbortSignal): Promise<NetAnswer> {
  let url = addressOf(request.url);
  for (let hop = 0; ; hop++) {
    const message = await send(url, request, proxies, signal);
    const status = message.statusCode ?? 0;
    const { location } = message.headers;
    if (status >= 300 && status < 400 && location !== undefined && request.body === null) {
      message.destroy();
      if (hop >= maximumRedirects) throw new Fault('REDIRECTS');
      const next = addressOf(location, url);
      // what was asked over TLS is not answered in the clear
      if (url.protocol === 'https:' && next.protocol !== 'https:') throw new Fault('REDIRECTS');
      url = next;
      continue;
    }
    if (!request.anyStatus && (status < 200 || status > 299)) {
      message.destroy();
      throw new Fault(`STATUS_${status}`);
    }
    const type = (message.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return { status, type, bytes: await read(message, request.maximumBytes, signal) };
  }
}

function addressOf(text: string, base?: URL): URL {
  const url =
    text.length <= longestAddress && URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  const plain = url && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!plain || url.hostname === '' || url.username !== '' || url.password !== '') throw new Fault('ADDRESS');
  return url;
}

const hostOf = (text: string): string => (URL.canParse(text) ? new URL(text).host.slice(0, 100) : '?');

async function send(
  url: URL,
  { url: asked, body, accept, authorization, authorities }: NetRequest,
  proxies: ProxySettings,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const proxy = configuredProxy(url, proxies);
  const options: RequestOptions = {
    method: body ? 'POST' : 'GET',
    agent: false,
    signal,
    headers: {
      Host: url.host,
      Accept: accept,
      'Accept-Encoding': 'identity',
      'Cache-Control': 'no-cache',
      // only to whom it was meant for, and never in the clear
      ...(authorization && secure && url.origin === new URL(asked).origin
        ? { Authorization: authorization }
        : {}),
      ...(body ? { 'Content-Type': body.type, 'Content-Length': body.bytes.length } : {}),
    },
  };
  const trusted = authorities ? { ca: [...authorities] } : {};
  const path = `${url.pathname}${url.search}`;
  if (!proxy) {
    const call = secure ? httpsRequest : httpRequest;
    return answerTo(call({ ...options, ...trusted, ...hostPort(url), path }), body?.bytes);
  }
  if (!secure) {
    const headers = { ...options.headers, ...proxy.headers };
    return answerTo(
      httpRequest({ ...options, ...hostPort(proxy.url), headers, path: url.href }),
      body?.bytes,
    );
  }
  const socket = await tunnel(proxy.url, url, proxy.headers, signal);
  const through: RequestOptions & { readonly socket: Socket } = {
    ...options,
    ...trusted,
    ...hostPort(url),
    path,
    socket,
  };
  return answerTo(httpsRequest(through), body?.bytes);
}

function configuredProxy(url: URL, proxies: ProxySettings): Proxy | null {
  try {
    return proxyFor(url, proxies);
  } catch (error) {
    throw new Fault('PROXY', error);
  }
}

const hostPort = (url: URL): { hostname: string; port: number } => ({
  // brackets belong to the address's text, not to the name of the host
  hostname: url.hostname.replace(/^\[|\]$/g, ''),
  port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
});

function answerTo(request: ClientRequest, bytes: Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // stays: a request that fails after its answer must not end the process
    request.on('error', reject);
    request.end(bytes);
  });
}

/** CONNECT (RFC 9110 §9.3.6): the proxy sees the host's name and nothing of what is said. */
function tunnel(
  proxy: URL,
  target: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Socket> {
  const { hostname, port } = hostPort(target);
  const authority = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      ...hostPort(proxy),
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...headers },
      agent: false,
      signal,
    });
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new Fault('PROXY'));
      }
    });
    request.once('response', (response) => {
      response.destroy();
      reject(new Fault('PROXY'));
    });
    request.on('error', (error) => reject(new Fault('PROXY', error)));
    request.end();
  });
}

function read(message: IncomingMessage, maximum: number, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const stop = (error: unknown): void => {
      message.destroy();
      reject(error instanceof Error ? error : new Fault('UNREACHABLE'));
    };
    if (Number(message.headers['content-length'] ?? 0) > maximum) {
      stop(new Fault('TOO_LARGE'));
      return;
    }
    signal.addEventListener('abort', () => stop(signal.reason), { once: true });
    message.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length > maximum) stop(new Fault('TOO_LARGE'));
      else pieces.push(piece);
    });
    message.on('error', stop);
    message.on('close', () => {
      // an answer that breaks off is no answer
      if (message.complete) resolve(new Uint8Array(Buffer.concat(pieces)));
      else stop(new Fault('UNREACHABLE'));
    });
  });
}

function faultOf(error: unknown): NetFault {
  if (error instanceof Fault) return error.reason;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)
    ? 'TLS'
    : 'UNREACHABLE';
}
