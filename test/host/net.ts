/** `net`: fetch that also reads file: addresses, as Electron's does. */
import { openAsBlob } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

export async function fetchAny(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  if (!url.startsWith('file:')) return fetch(input, init);
  const path = fileURLToPath(url);
  try {
    const blob = await openAsBlob(path);
    return new Response(blob.stream(), {
      headers: { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' },
    });
  } catch (cause) {
    throw new TypeError('net::ERR_FILE_NOT_FOUND', { cause });
  }
}

export const net = {
  fetch: fetchAny,
  isOnline: (): boolean => false,
  get online(): boolean {
    return false;
  },
};
