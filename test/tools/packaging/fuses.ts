/** Electron's fuse wire, read from the bytes of a binary, and the table it must equal (SECURITY line 9). */
import { readFileSync } from 'node:fs';

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1');
const STATES: Readonly<Record<string, string>> = { '0': 'off', '1': 'on', r: 'removed' };

/** In the order of the wire. A fuse that Electron adds makes the wire longer than this table, which fails the check. */
export const EXPECTED_FUSES: readonly (readonly [name: string, state: 'on' | 'off'])[] = [
  ['RunAsNode', 'off'],
  ['EnableCookieEncryption', 'on'],
  ['EnableNodeOptionsEnvironmentVariable', 'off'],
  ['EnableNodeCliInspectArguments', 'off'],
  ['EnableEmbeddedAsarIntegrityValidation', 'on'],
  ['OnlyLoadAppFromAsar', 'on'],
  ['LoadBrowserProcessSpecificV8Snapshot', 'off'],
  ['GrantFileProtocolExtraPrivileges', 'off'],
  // Electron's default: WebAssembly bounds checks by trap handlers. Nothing of ours needs it changed.
  ['WasmTrapHandlers', 'on'],
];

/** One state per fuse. @throws Error when the binary has no wire, more than one, or another version of it. */
export function readFuses(binary: string): string[] {
  const bytes = readFileSync(binary);
  const at = bytes.indexOf(SENTINEL);
  if (at === -1) throw new Error('The binary has no fuse wire.');
  if (bytes.indexOf(SENTINEL, at + 1) !== -1) throw new Error('The binary has two fuse wires.');
  const version = bytes[at + SENTINEL.length];
  const length = bytes[at + SENTINEL.length + 1] ?? 0;
  if (version !== 1) throw new Error(`Fuse wire version ${version} is not known.`);
  const from = at + SENTINEL.length + 2;
  return [...bytes.toString('latin1', from, from + length)].map(
    (state) => STATES[state] ?? `unknown (${state})`,
  );
}

/** What differs from the table, in words; empty when all fuses are as they must be. */
export function compareFuses(states: readonly string[]): string[] {
  const wrong = EXPECTED_FUSES.flatMap(([name, state], index) =>
    states[index] === state ? [] : [`${name} is ${states[index] ?? 'missing'}, must be ${state}`],
  );
  const unknown = states
    .slice(EXPECTED_FUSES.length)
    .map((state, index) => `fuse ${EXPECTED_FUSES.length + index} is not known (${state})`);
  return [...wrong, ...unknown];
}
