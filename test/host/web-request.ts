/** `session.webRequest`: what the app's listeners decide about each request that its pages make. */
interface BeforeAnswer {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
}

type HeaderLists = Record<string, string | string[]>;

interface HeadersAnswer {
  readonly cancel?: boolean;
  readonly responseHeaders?: HeaderLists;
}

type Listener<Answer> = (details: object, callback: (answer: Answer) => void) => void;
type Registration<Answer> = Listener<Answer> | null;

let before: Registration<BeforeAnswer> = null;
let received: Registration<HeadersAnswer> = null;
let nextId = 1;

function ask<Answer>(listener: Listener<Answer>, details: object): Promise<Answer> {
  return new Promise((resolve) => {
    listener(details, resolve);
  });
}

/** True when the app's onBeforeRequest cancels this request. Redirects by listener are refused as not supported. */
export async function isBlocked(url: string, method: string, resourceType = 'other'): Promise<boolean> {
  if (!before) return false;
  const answer = await ask(before, { id: nextId++, url, method, resourceType, timestamp: Date.now() });
  return answer.cancel === true || answer.redirectURL !== undefined;
}

/** The response headers after the app's onHeadersReceived. */
export async function filterHeaders(url: string, status: number, headers: Headers): Promise<HeaderLists> {
  const lists: HeaderLists = {};
  for (const [name, value] of headers)
    lists[name] = name in lists ? [lists[name] ?? '', value].flat() : value;
  if (!received) return lists;
  const arrays = Object.fromEntries(Object.entries(lists).map(([name, value]) => [name, [value].flat()]));
  const details = {
    id: nextId++,
    url,
    method: 'GET',
    statusCode: status,
    responseHeaders: arrays,
    timestamp: Date.now(),
  };
  return (await ask(received, details)).responseHeaders ?? lists;
}

/** The listener comes last; a filter before it must take all urls, since the host does not match patterns. */
function listenerOf<Answer>(first: unknown, second: unknown): Registration<Answer> {
  const listener = typeof first === 'function' || first === null ? first : second;
  if (typeof first === 'object' && first !== null) {
    const { urls = [] } = first as { readonly urls?: readonly string[] };
    if (!urls.some((url) => url === '<all_urls>' || url === '*://*/*')) {
      throw new Error('The host supports webRequest filters for <all_urls> only.');
    }
  }
  return (listener ?? null) as Registration<Answer>;
}

export const webRequest = {
  onBeforeRequest(first: unknown, second?: unknown): void {
    before = listenerOf(first, second);
  },
  onHeadersReceived(first: unknown, second?: unknown): void {
    received = listenerOf(first, second);
  },
};
