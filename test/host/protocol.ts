/** `protocol`: custom schemes, answered by the app's own handler over a loopback server (addresses.ts says why). */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { app } from './app.ts';
import { appHostOf, servingOn, serveScheme } from './addresses.ts';
import { filterHeaders, isBlocked } from './web-request.ts';

type Handler = (request: Request) => Response | Promise<Response>;

interface Privileges {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean>>;
}

const handlers = new Map<string, Handler>();
const standard = new Set<string>();
let server: Server | null = null;

async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const target = appHostOf(incoming.headers.host ?? '');
  const handler = target ? handlers.get(target.scheme) : undefined;
  if (!target || !handler) {
    outgoing.writeHead(404).end();
    return;
  }
  // A browser asks for this by itself; Electron does not, so the app is not asked either.
  if (incoming.url === '/favicon.ico') {
    outgoing.writeHead(204).end();
    return;
  }
  const url = `${target.scheme}://${target.host}${incoming.url ?? '/'}`;
  if (await isBlocked(url, incoming.method ?? 'GET')) {
    outgoing.destroy();
    return;
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string' && name !== 'host' && name !== 'connection') headers.set(name, value);
  }
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream);
  const response = await handler(
    new Request(url, { method, headers, body, ...(body && { duplex: 'half' }) } as RequestInit),
  );
  if (response.type === 'error') {
    outgoing.destroy();
    return;
  }
  const sent = await filterHeaders(url, response.status, response.headers);
  outgoing.writeHead(response.status, sent);
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as import('node:stream/web').ReadableStream), outgoing);
}

/** Called by run.ts before `ready`, so that addresses can be translated from then on. */
export async function startServer(): Promise<void> {
  const created = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch((error: unknown) => {
      // A broken handler is a failed request for the page (net::ERR_UNEXPECTED in Electron), and is said aloud.
      process.stderr.write(
        `protocol.handle: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      outgoing.destroy();
    });
  });
  server = created;
  await new Promise<void>((resolve, reject) => {
    created.once('error', reject);
    created.listen(0, '127.0.0.1', resolve);
  });
  created.unref();
  servingOn((created.address() as AddressInfo).port);
}

export const protocol = {
  registerSchemesAsPrivileged(list: readonly Privileges[]): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of list) if (privileges?.['standard'] === true) standard.add(scheme);
  },

  /** @throws Error for a scheme that was not registered as standard: the host could not give it an origin. */
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`);
    if (!standard.has(scheme)) {
      throw new Error(
        `The host serves standard schemes only: register ${scheme} with { standard: true } first.`,
      );
    }
    if (!server) throw new Error('protocol.handle is possible after app is ready');
    handlers.set(scheme, handler);
    serveScheme(scheme);
  },

  unhandle(scheme: string): void {
    handlers.delete(scheme);
  },

  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme) || ['http', 'https', 'file', 'data', 'blob'].includes(scheme);
  },
};
