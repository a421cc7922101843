/**
 * Values as Electron's IPC carries them (structured clone), packed in JSON so that CDP can carry them.
 * `createCodec` also runs inside the page (by its source text), so it may use nothing from outside itself.
 */
export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

export interface Codec {
  /** @throws TypeError "An object could not be cloned." for functions, symbols, promises and cycles. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export const nodeBase64: Base64 = {
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};

export function createCodec(base64: Base64): Codec {
  type Packed =
    string | boolean | null | number | readonly unknown[] | { readonly $: string; readonly v?: unknown };
  const views = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const fail = (): never => {
    throw new TypeError('An object could not be cloned.');
  };
  const packNumber = (value: number): Packed =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: 'n', v: Object.is(value, -0) ? '-0' : String(value) };

  const packObject = (value: object, above: readonly object[]): Packed => {
    if (above.includes(value) || above.length > 200) return fail();
    const path = [...above, value];
    if (Array.isArray(value)) return value.map((item) => pack(item, path));
    if (value instanceof Date) return { $: 'd', v: packNumber(value.getTime()) };
    if (value instanceof RegExp) return { $: 'r', v: [value.source, value.flags] };
    if (value instanceof Map)
      return { $: 'm', v: [...value].map(([k, v]) => [pack(k, path), pack(v, path)]) };
    if (value instanceof Set) return { $: 's', v: [...value].map((item) => pack(item, path)) };
    if (value instanceof Error) return { $: 'e', v: [value.name, value.message, value.stack ?? ''] };
    if (value instanceof ArrayBuffer) return { $: 'b', v: base64.encode(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const name = Object.prototype.toString.call(value).slice(8, -1);
      return { $: name in views ? name : 'Uint8Array', v: base64.encode(bytes) };
    }
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) return fail();
    return { $: 'o', v: Object.entries(value).map(([key, item]) => [key, pack(item, path)]) };
  };
  const pack = (value: unknown, above: readonly object[]): Packed => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return packNumber(value);
      case 'undefined':
        return { $: 'u' };
      case 'bigint':
        return { $: 'i', v: value.toString() };
      case 'object':
        return value === null ? null : packObject(value, above);
      default:
        return fail();
    }
  };

  const unpackError = ([name, message, stack]: readonly string[]): Error => {
    const error = new Error(message);
    error.name = name ?? 'Error';
    error.stack = stack ?? '';
    return error;
  };
  const unpackTagged = (tag: string, v: unknown): unknown => {
    const list = v as readonly unknown[];
    const pairs = v as readonly (readonly [unknown, unknown])[];
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(v);
      case 'i':
        return BigInt(v as string);
      case 'd':
        return new Date(unpack(v) as number);
      case 'r':
        return new RegExp(list[0] as string, list[1] as string);
      case 'm':
        return new Map(pairs.map(([key, item]) => [unpack(key), unpack(item)]));
      case 's':
        return new Set(list.map(unpack));
      case 'e':
        return unpackError(v as readonly string[]);
      case 'b':
        return base64.decode(v as string).buffer;
      case 'o':
        // fromEntries defines own properties, so a key named __proto__ stays data.
        return Object.fromEntries(pairs.map(([key, item]) => [key as string, unpack(item)]));
      default: {
        const bytes = base64.decode(v as string);
        const View = views[tag as keyof typeof views] as new (buffer: ArrayBufferLike) => ArrayBufferView;
        return tag === 'Uint8Array' ? bytes : new View(bytes.buffer);
      }
    }
  };
  const unpack = (packed: unknown): unknown => {
    if (packed === null || typeof packed !== 'object') return packed;
    if (Array.isArray(packed)) return packed.map(unpack);
    const { $, v } = packed as { readonly $: string; readonly v?: unknown };
    return unpackTagged($, v);
  };
  return {
    encode: (value) => JSON.stringify(pack(value, [])),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
