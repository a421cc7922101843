/**
 * The two scripts that run in a page before its own: the bridge's end in the page's world, and Electron's isolated
 * world with `require('electron')` for the preload. They meet only in synchronous CustomEvents with a random
 * name, whose `detail` Chromium clones from one world to the other, so no object is ever shared.
 * Both functions travel as source text: they may use nothing from outside themselves.
 */
import { createCodec } from './codec.ts';

export const WORLD_NAME = 'Electron Isolated Context';
export const BINDING_NAME = '__hostSend';
export const DELIVER_NAME = '__hostDeliver';

interface BridgeEnd {
  /** A value of this world in a form that may cross. */
  wrap(value: unknown): unknown;
  unwrap(wrapped: unknown): unknown;
  send(message: object): void;
  receive(listener: (message: { readonly t: string }) => void): void;
}

function createBridgeEnd(here: string, there: string): BridgeEnd {
  type Wrapped =
    | { readonly k: 'v'; readonly v: unknown }
    | { readonly k: 'f' | 'p'; readonly id: number }
    | { readonly k: 'a'; readonly v: readonly Wrapped[] }
    | { readonly k: 'o'; readonly v: readonly (readonly [string, Wrapped])[] }
    | { readonly k: 'e'; readonly m: string };
  type Message =
    | { readonly t: 'call'; readonly f: number; readonly a: readonly Wrapped[] }
    | { readonly t: 'return' | 'throw'; readonly v: Wrapped }
    | { readonly t: 'settle'; readonly p: number; readonly ok: boolean; readonly v: Wrapped }
    | { readonly t: 'expose' };
  // Taken before any page script runs: what the page later puts in their place is not used.
  const Event_ = CustomEvent;
  const dispatch = window.dispatchEvent.bind(window);
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const ids = new WeakMap<object, number>();
  const proxies = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(v: unknown): void; reject(e: unknown): void }>();
  const answers: (Message | null)[] = [];
  let next = 1;

  const post = (message: object): void => {
    dispatch(new Event_(there, { detail: message }));
  };
  const wrap = (value: unknown, depth = 0): Wrapped => {
    if (depth > 1000) throw new TypeError('Recursion depth exceeded');
    if (typeof value === 'function') {
      const known = ids.get(value);
      const id = known ?? next++;
      functions.set(id, value as (...args: unknown[]) => unknown);
      ids.set(value, id);
      return { k: 'f', id };
    }
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
      return { k: 'v', v: value };
    }
    if (value instanceof Promise) {
      const id = next++;
      value.then(
        (v: unknown) => post({ t: 'settle', p: id, ok: true, v: wrap(v) }),
        (error: unknown) => post({ t: 'settle', p: id, ok: false, v: wrap(error) }),
      );
      return { k: 'p', id };
    }
    if (value instanceof Error) return { k: 'e', m: value.message };
    if (Array.isArray(value)) return { k: 'a', v: value.map((item) => wrap(item, depth + 1)) };
    const proto: unknown = Object.getPrototypeOf(value);
    if (proto === Object.prototype || proto === null) {
      return { k: 'o', v: Object.entries(value).map(([key, item]) => [key, wrap(item, depth + 1)] as const) };
    }
    return { k: 'v', v: value };
  };
  const call = (f: number, args: readonly unknown[]): unknown => {
    const message: Message = { t: 'call', f, a: args.map((arg) => wrap(arg)) };
    answers.push(null);
    post(message);
    const answer = answers.pop();
    if (!answer || (answer.t !== 'return' && answer.t !== 'throw'))
      throw new Error('The other world is gone.');
    const value = unwrap(answer.v);
    if (answer.t === 'throw') throw value;
    return value;
  };
  const unwrap = (wrapped: Wrapped): unknown => {
    switch (wrapped.k) {
      case 'v':
        return wrapped.v;
      case 'e':
        return new Error(wrapped.m);
      case 'f': {
        const known = proxies.get(wrapped.id);
        if (known) return known;
        const proxy = (...args: unknown[]): unknown => call(wrapped.id, args);
        proxies.set(wrapped.id, proxy);
        return proxy;
      }
      case 'p':
        return new Promise((resolve, reject) => promises.set(wrapped.id, { resolve, reject }));
      case 'a':
        return Object.freeze(wrapped.v.map(unwrap));
      case 'o':
        return Object.freeze(Object.fromEntries(wrapped.v.map(([key, item]) => [key, unwrap(item)])));
    }
  };
  const serve = (message: Message & { readonly t: 'call' }): void => {
    const target = functions.get(message.f);
    try {
      if (!target) throw new Error('No such function.');
      post({ t: 'return', v: wrap(target(...message.a.map(unwrap))) });
    } catch (error) {
      post({ t: 'throw', v: wrap(error) });
    }
  };
  let listener: (message: { readonly t: string }) => void = () => undefined;
  window.addEventListener(
    here,
    (event) => {
      event.stopImmediatePropagation();
      const message = detailOf?.call(event) as Message;
      if (message.t === 'call') serve(message);
      else if (message.t === 'return' || message.t === 'throw') answers[answers.length - 1] = message;
      else if (message.t === 'settle') {
        const promise = promises.get(message.p);
        promises.delete(message.p);
        if (message.ok) promise?.resolve(unwrap(message.v));
        else promise?.reject(unwrap(message.v));
      } else listener(message);
    },
    true,
  );
  return {
    wrap: (value) => wrap(value),
    unwrap: (wrapped) => unwrap(wrapped as Wrapped),
    send: post,
    receive: (handler) => {
      listener = handler;
    },
  };
}

/** In the page's own world: puts what the preload exposes on `window`, before the page's first script. */
function pageWorld(end: BridgeEnd): void {
  end.receive((message) => {
    const { name, api } = message as unknown as { readonly name: string; readonly api: unknown };
    if (Object.hasOwn(window, name)) {
      end.send({ t: 'refused' });
      return;
    }
    Object.defineProperty(window, name, {
      value: end.unwrap(api),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  });
}

type PreloadSource = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: object,
) => void;

function isolatedWorld(
  end: BridgeEnd,
  makeCodec: typeof createCodec,
  names: { readonly binding: string; readonly deliver: string },
  process: object,
  preload: PreloadSource | null,
): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  type Base64Bytes = Uint8Array & { toBase64(): string };
  const codec = makeCodec({
    encode: (bytes) => (bytes as Base64Bytes).toBase64(),
    decode: (text) => (Uint8Array as unknown as { fromBase64(t: string): Uint8Array }).fromBase64(text),
  });
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const binding = world[names.binding] ?? ((): void => undefined);
  const send = (message: object): void => binding(codec.encode(message));
  const waiting = new Map<number, { resolve(v: unknown): void; reject(e: unknown): void }>();
  const listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>();
  let next = 1;

  const add = (channel: string, listener: Listener, once: boolean): void => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
  };
  const remove = (channel: string, listener: Listener): void => {
    const list = listeners.get(channel) ?? [];
    const index = list.findIndex((entry) => entry.listener === listener);
    if (index >= 0) listeners.set(channel, list.toSpliced(index, 1));
  };
  const emit = (channel: string, args: readonly unknown[]): void => {
    for (const { listener, once } of listeners.get(channel) ?? []) {
      if (once) remove(channel, listener);
      listener({ sender: ipcRenderer, ports: [] }, ...args);
    }
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = next++;
        send({ t: 'invoke', id, channel, args });
        waiting.set(id, { resolve, reject });
      }),
    send: (channel: string, ...args: unknown[]) => send({ t: 'send', channel, args }),
    sendSync: () => {
      throw new Error('The host has no synchronous IPC (SECURITY 12).');
    },
    on: (channel: string, listener: Listener) => (add(channel, listener, false), ipcRenderer),
    addListener: (channel: string, listener: Listener) => (add(channel, listener, false), ipcRenderer),
    once: (channel: string, listener: Listener) => (add(channel, listener, true), ipcRenderer),
    off: (channel: string, listener: Listener) => (remove(channel, listener), ipcRenderer),
    removeListener: (channel: string, listener: Listener) => (remove(channel, listener), ipcRenderer),
    removeAllListeners: (channel?: string) => {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => (listeners.get(channel) ?? []).length,
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => {
      let refused = false;
      end.receive(() => {
        refused = true;
      });
      end.send({ t: 'expose', name, api: end.wrap(api) });
      if (refused)
        throw new Error(`Cannot bind an API on top of an existing property on the window object: ${name}`);
    },
  };
  Object.defineProperty(world, names.deliver, {
    value: (text: string) => {
      const message = codec.decode(text) as {
        readonly t: 'reply' | 'event';
        readonly id: number;
        readonly ok: boolean;
        readonly value: unknown;
        readonly channel: string;
        readonly args: readonly unknown[];
      };
      if (message.t === 'event') {
        emit(message.channel, message.args);
        return;
      }
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) call?.resolve(message.value);
      else call?.reject(new Error(String(message.value)));
    },
  });
  const electron = { contextBridge, ipcRenderer, webUtils: { getPathForFile: () => '' } };
  // What Electron gives to a sandboxed preload, nothing more.
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  if (preload === null) return;
  try {
    const module: { exports: unknown } = { exports: {} };
    preload(require, module, module.exports, process);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    send({ t: 'preload-error', message, stack: stack ?? '' });
  }
}

interface WorldScripts {
  readonly page: string;
  readonly isolated: string;
}

/** The two sources for one window. `token` is random and known to these two scripts only. */
export function worldScripts(token: string, preload: string | null, process: object): WorldScripts {
  const end = (here: string, there: string): string =>
    `(${createBridgeEnd.toString()})(${JSON.stringify(here)}, ${JSON.stringify(there)})`;
  const names = JSON.stringify({ binding: BINDING_NAME, deliver: DELIVER_NAME });
  const body = preload === null ? 'null' : `function (require, module, exports, process) {${preload}\n}`;
  // Preloads do not run in frames inside the page (nodeIntegrationInSubFrames is off).
  const topOnly = (code: string): string => `if (window === window.top) { ${code} }`;
  return {
    page: topOnly(`(${pageWorld.toString()})(${end(`${token}p`, `${token}i`)});`),
    isolated: topOnly(
      `(${isolatedWorld.toString()})(${end(`${token}i`, `${token}p`)}, ${createCodec.toString()}, ${names}, ${JSON.stringify(process)}, ${body});`,
    ),
  };
}
