/**
 * Which proxy a request goes through, from settings that look like the usual variables. They are given on purpose
 * by the composition root: nothing here reads the environment.
 */
export interface ProxySettings {
  /** For http addresses, such as `http://proxy.local:3128`; null: none. */
  readonly http: string | null;
  /** For https addresses. */
  readonly https: string | null;
  /** Hosts that are asked directly: `host`, `.domain`, `host:port` or `*`. */
  readonly except: readonly string[];
}

export const noProxies: ProxySettings = { http: null, https: null, except: [] };

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capitals or not. */
export function proxySettings(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const value = (name: string): string | null => env[name.toLowerCase()] || env[name] || null;
  const except = (value('NO_PROXY') ?? '').split(',').map((one) => one.trim().toLowerCase());
  return {
    http: value('HTTP_PROXY'),
    https: value('HTTPS_PROXY'),
    except: except.filter((one) => one !== ''),
  };
}

export interface Proxy {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws TypeError for a proxy that is no http address: then nothing is asked, rather than past the proxy. */
export function proxyFor(url: URL, settings: ProxySettings): Proxy | null {
  const text = url.protocol === 'https:' ? settings.https : settings.http;
  if (text === null || settings.except.some((one) => matches(url, one))) return null;
  const proxy = new URL(text);
  if (proxy.protocol !== 'http:') throw new TypeError('The proxy is no http address.');
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  return { url: proxy, headers: user === ':' ? {} : { 'Proxy-Authorization': authorization } };
}

function matches(url: URL, exception: string): boolean {
  if (exception === '*') return true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (port !== undefined && port !== url.port) return false;
  const bare = name.replace(/^\*?\./, '');
  return url.hostname === bare || url.hostname.endsWith(`.${bare}`);
}
