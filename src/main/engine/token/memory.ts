import koffi from 'koffi';

/**
 * C memory as PKCS #11 lays it out (v2.40 §2.1 and "platform specific" §2): CK_ULONG is the platform's unsigned long,
 * structures are aligned naturally, but packed on Windows.
 */
export const ulongSize = koffi.sizeof('unsigned long');
const pointerSize = koffi.sizeof('void *');
const packed = process.platform === 'win32';

export const ulong = (value: number | bigint = 0): Buffer => {
  const bytes = Buffer.alloc(ulongSize);
  if (ulongSize === 8) bytes.writeBigUInt64LE(BigInt(value));
  else bytes.writeUInt32LE(Number(value));
  return bytes;
};

/** CK_UNAVAILABLE_INFORMATION, also what a length is where an attribute cannot be given. */
export const unavailable = ulongSize === 8 ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn;

export const readUlong = (bytes: Buffer, at = 0): bigint =>
  ulongSize === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));

export function pointer(to: Uint8Array | bigint | null): Buffer {
  const address = typeof to === 'bigint' ? to : to === null || to.length === 0 ? 0n : koffi.address(to);
  const bytes = Buffer.alloc(pointerSize);
  if (pointerSize === 8) bytes.writeBigUInt64LE(address);
  else bytes.writeUInt32LE(Number(address));
  return bytes;
}

export const readPointer = (bytes: Buffer, at = 0): bigint =>
  pointerSize === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));

/** A pointer's offset after `before` octets. */
const aligned = (before: number): number => (packed ? before : Math.ceil(before / pointerSize) * pointerSize);

/** Members side by side, each aligned to its own size. Every member here is an unsigned long or a pointer. */
function structure(...members: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (const member of members) {
    const start = packed ? length : Math.ceil(length / member.length) * member.length;
    parts.push(Buffer.alloc(start - length), member);
    length = start + member.length;
  }
  const whole = aligned(length);
  return Buffer.concat([...parts, Buffer.alloc(whole - length)]);
}

/**
 * CK_ATTRIBUTE. The values are pointed to, not copied: whoever keeps the template keeps them alive.
 * @param value null asks how long the value is.
 */
export const attribute = (type: number, value: Uint8Array | null, length?: number): Buffer =>
  structure(ulong(type), pointer(value), ulong(length ?? value?.length ?? 0));

const attributeSize = attribute(0, null).length;
const lengthOffset = packed ? ulongSize + pointerSize : aligned(ulongSize) + pointerSize;

/** ulValueLen of the nth CK_ATTRIBUTE in a template. */
export const attributeLength = (template: Buffer, index: number): bigint =>
  readUlong(template, index * attributeSize + lengthOffset);

/** CK_MECHANISM. */
export const mechanism = (type: number, parameters: Buffer | null): Buffer =>
  structure(ulong(type), pointer(parameters), ulong(parameters?.length ?? 0));

/** CK_RSA_PKCS_PSS_PARAMS. */
export const pssParameters = (hash: number, mgf: number, saltLength: number): Buffer =>
  structure(ulong(hash), ulong(mgf), ulong(saltLength));

/** The addresses in CK_FUNCTION_LIST, which begins with a CK_VERSION of two octets. */
export function functionTable(list: bigint, count: number): bigint[] {
  const start = aligned(2);
  const bytes = Buffer.from(
    koffi.decode(list, koffi.array('uint8_t', start + count * pointerSize, 'Typed')) as Uint8Array,
  );
  return Array.from({ length: count }, (_, index) => readPointer(bytes, start + index * pointerSize));
}
