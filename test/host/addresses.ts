/**
 * Chromium cannot open custom schemes over CDP, so app://host/path is served as http://app--host.localhost:PORT/path
 * (a secure context with an origin of its own) and translated back wherever the app sees an address.
 */
const schemes = new Set<string>();
let port = 0;

export function serveScheme(scheme: string): void {
  schemes.add(scheme);
}

export function servingOn(listening: number): void {
  port = listening;
}

/** app://host/x → the loopback address; everything else unchanged. */
export function toServedUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!schemes.has(scheme.toLowerCase())) return url;
  return `http://${scheme.toLowerCase()}--${host.toLowerCase()}.localhost:${port}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

/** The scheme and host that a `Host:` header of the loopback server stands for, or null. */
export function appHostOf(header: string): { readonly scheme: string; readonly host: string } | null {
  const [, scheme = '', host = '', listening = ''] =
    /^([a-z0-9+.-]+?)--([a-z0-9.-]*)\.localhost:(\d+)$/i.exec(header) ?? [];
  return schemes.has(scheme) && Number(listening) === port ? { scheme, host } : null;
}

/** The loopback address → app://host/x; everything else unchanged. */
export function toAppUrl(url: string): string {
  if (!url.startsWith('http://')) return url;
  const slash = url.indexOf('/', 7);
  const end = slash === -1 ? url.length : slash;
  const target = appHostOf(url.slice(7, end));
  return target ? `${target.scheme}://${target.host}${url.slice(end)}` : url;
}
