import type { SignatureLevel } from '../../../src/main/core/contract/tools.ts';

/** What is combined with what: level × key × digest × shape of the file. */

export const levels = ['b', 't', 'lt', 'lta'] as const satisfies readonly SignatureLevel[];
export const keyKinds = [
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'pss-2048',
  'pss-3072',
  'pss-4096',
  'p-256',
  'p-384',
  'p-521',
  'ed25519',
] as const;
export const digests = ['sha256', 'sha384', 'sha512'] as const;
export const shapeNames = [
  'table 1.3',
  'table 1.4',
  'table 1.7',
  'table 2.0',
  'stream 1.5',
  'hybrid 1.5',
  'object streams 1.6',
  'stream 2.0',
  'turned and cropped',
  'form',
  'empty field',
  'signed by others',
  'encrypted',
  'linearized',
] as const;

export type KeyName = (typeof keyKinds)[number];
export type Digest = (typeof digests)[number];
export type ShapeName = (typeof shapeNames)[number];

export interface Cell {
  readonly level: SignatureLevel;
  readonly key: KeyName;
  readonly digest: Digest;
  readonly shape: ShapeName;
}

/** Ed25519 brings its own digest (RFC 8419 §3.1), so for that key there is one cell, not three. */
const exists = ({ key, digest }: Cell): boolean => key !== 'ed25519' || digest === 'sha512';

export function allCells(): Cell[] {
  return levels
    .flatMap((level) =>
      keyKinds.flatMap((key) =>
        digests.flatMap((digest) => shapeNames.map((shape) => ({ level, key, digest, shape }))),
      ),
    )
    .filter(exists);
}

const factors = ['level', 'key', 'digest', 'shape'] as const;

function pairsOf(cell: Cell): string[] {
  return factors.flatMap((one, index) =>
    factors.slice(index + 1).map((other) => `${one}=${cell[one]} ${other}=${cell[other]}`),
  );
}

/**
 * Few cells in which every pair of values meets at least once, chosen greedily and always alike.
 */
export function pairwiseCells(): Cell[] {
  const cells = allCells();
  const open = new Set(cells.flatMap(pairsOf));
  const chosen: Cell[] = [];
  while (open.size > 0) {
    let best: Cell | null = null;
    let most = 0;
    for (const cell of cells) {
      const fresh = pairsOf(cell).filter((pair) => open.has(pair)).length;
      if (fresh > most) [best, most] = [cell, fresh];
    }
    if (!best) break;
    for (const pair of pairsOf(best)) open.delete(pair);
    chosen.push(best);
  }
  return chosen;
}
