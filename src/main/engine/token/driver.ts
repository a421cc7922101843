import { basename, isAbsolute } from 'node:path';
import koffi from 'koffi';
import type { LibraryHandle, TypeObject } from 'koffi';
import { AppError } from '../../core/contract/errors.ts';
import { functionTable, readPointer, readUlong, ulong } from './memory.ts';

/** The functions of a PKCS #11 library that signing needs, in the order of CK_FUNCTION_LIST (v2.40 §5). */
const table = [
  ['C_Initialize', 'void *'],
  ['C_Finalize', 'void *'],
  ['C_GetInfo', 'void *'],
  ['C_GetFunctionList', 'void *'],
  ['C_GetSlotList', 'uint8_t, void *, void *'],
  ['C_GetSlotInfo', 'unsigned long, void *'],
  ['C_GetTokenInfo', 'unsigned long, void *'],
  ['C_GetMechanismList', 'unsigned long, void *, void *'],
  ['C_GetMechanismInfo', 'unsigned long, unsigned long, void *'],
  ['C_InitToken', 'unsigned long, void *, unsigned long, void *'],
  ['C_InitPIN', 'unsigned long, void *, unsigned long'],
  ['C_SetPIN', 'unsigned long, void *, unsigned long, void *, unsigned long'],
  ['C_OpenSession', 'unsigned long, unsigned long, void *, void *, void *'],
  ['C_CloseSession', 'unsigned long'],
  ['C_CloseAllSessions', 'unsigned long'],
  ['C_GetSessionInfo', 'unsigned long, void *'],
  ['C_GetOperationState', 'unsigned long, void *, void *'],
  ['C_SetOperationState', 'unsigned long, void *, unsigned long, unsigned long, unsigned long'],
  ['C_Login', 'unsigned long, unsigned long, void *, unsigned long'],
  ['C_Logout', 'unsigned long'],
  ['C_CreateObject', 'unsigned long, void *, unsigned long, void *'],
  ['C_CopyObject', 'unsigned long, unsigned long, void *, unsigned long, void *'],
  ['C_DestroyObject', 'unsigned long, unsigned long'],
  ['C_GetObjectSize', 'unsigned long, unsigned long, void *'],
  ['C_GetAttributeValue', 'unsigned long, unsigned long, void *, unsigned long'],
  ['C_SetAttributeValue', 'unsigned long, unsigned long, void *, unsigned long'],
  ['C_FindObjectsInit', 'unsigned long, void *, unsigned long'],
  ['C_FindObjects', 'unsigned long, void *, unsigned long, void *'],
  ['C_FindObjectsFinal', 'unsigned long'],
  ['C_EncryptInit', 'unsigned long, void *, unsigned long'],
  ['C_Encrypt', 'unsigned long, void *, unsigned long, void *, void *'],
  ['C_EncryptUpdate', 'unsigned long, void *, unsigned long, void *, void *'],
  ['C_EncryptFinal', 'unsigned long, void *, void *'],
  ['C_DecryptInit', 'unsigned long, void *, unsigned long'],
  ['C_Decrypt', 'unsigned long, void *, unsigned long, void *, void *'],
  ['C_DecryptUpdate', 'unsigned long, void *, unsigned long, void *, void *'],
  ['C_DecryptFinal', 'unsigned long, void *, void *'],
  ['C_DigestInit', 'unsigned long, void *'],
  ['C_Digest', 'unsigned long, void *, unsigned long, void *, void *'],
  ['C_DigestUpdate', 'unsigned long, void *, unsigned long'],
  ['C_DigestKey', 'unsigned long, unsigned long'],
  ['C_DigestFinal', 'unsigned long, void *, void *'],
  ['C_SignInit', 'unsigned long, void *, unsigned long'],
  ['C_Sign', 'unsigned long, void *, unsigned long, void *, void *'],
] as const;

export type FunctionName = (typeof table)[number][0];
type Argument = number | bigint | Buffer | null;

/** A driver's refusal, by its return value (CK_RV, v2.40 §5.1). The caller makes words of it. */
export class DriverRefusal extends Error {
  readonly value: bigint;
  constructor(call: FunctionName, value: bigint) {
    super(`${call}: 0x${value.toString(16)}`);
    this.name = 'DriverRefusal';
    this.value = value;
  }
}

export interface Driver {
  /** @throws DriverRefusal for any return value but CKR_OK. */
  call(name: FunctionName, ...args: readonly Argument[]): void;
}

const alreadyInitialized = 0x191n;
/** CK_C_INITIALIZE_ARGS would only be needed for threads: this process has one that calls. */
const noArguments = null;

/**
 * Loads a PKCS #11 library into this process.
 * @param path absolute: a bare name would be searched for in places that others may write to.
 * @throws AppError TOKEN_DRIVER_UNUSABLE {file}
 */
export function loadDriver(path: string): Driver {
  const unusable = (cause?: unknown): AppError =>
    new AppError('TOKEN_DRIVER_UNUSABLE', { file: basename(path) }, cause);
  if (!isAbsolute(path)) throw unusable();
  let library: LibraryHandle;
  try {
    library = koffi.load(path);
  } catch (cause) {
    throw unusable(cause);
  }
  const list = Buffer.from(ulongPointer());
  try {
    const getList = library.func('unsigned long C_GetFunctionList(void *list)');
    if (BigInt(getList(list) as number | bigint) !== 0n) throw unusable();
  } catch (cause) {
    throw unusable(cause);
  }
  const addresses = functionTable(readPointer(list), table.length);
  const functions = new Map<FunctionName, { readonly address: bigint; readonly type: TypeObject }>();
  for (const [index, [name, parameters]] of table.entries()) {
    const type = koffi.proto('unsigned long', parameters.split(', '));
    functions.set(name, { address: addresses[index] ?? 0n, type });
  }
  const driver: Driver = {
    call(name, ...args) {
      const found = functions.get(name);
      if (!found || found.address === 0n) throw new DriverRefusal(name, 0x54n);
      const value = BigInt(koffi.call(found.address, found.type, ...args) as number | bigint);
      if (value !== 0n) throw new DriverRefusal(name, value);
    },
  };
  try {
    driver.call('C_Initialize', noArguments);
  } catch (cause) {
    if (!(cause instanceof DriverRefusal) || cause.value !== alreadyInitialized) throw unusable(cause);
  }
  return driver;
}

const ulongPointer = (): Buffer => Buffer.alloc(koffi.sizeof('void *'));

/**
 * A function that gives its result in two calls: first how long, then the octets (v2.40 §5.2).
 * @param first arguments before the result and its length.
 */
export function twoStep(driver: Driver, name: FunctionName, ...first: readonly Argument[]): Buffer {
  const length = ulong(0);
  driver.call(name, ...first, null, length);
  const result = Buffer.alloc(Math.min(Number(readUlong(length)), 1024 * 1024));
  driver.call(name, ...first, result, length);
  return result.subarray(0, Number(readUlong(length)));
}
