import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { digest } from '../pki/index.ts';

/**
 * Digests of one file's beginnings, each continued from the longest one that was already made: the file's own
 * digest and those of all its signatures then cost one pass over a large file instead of one each.
 */
export class PrefixDigests {
  private readonly bytes: Uint8Array;
  private readonly states = new Map<string, { readonly length: number; readonly hash: Hash }[]>();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Like `digest`; pieces that do not begin with the file's own beginning are digested as they are. */
  readonly of = (name: string, pieces: readonly Uint8Array[]): Buffer => {
    const [first, ...rest] = pieces;
    if (!first || first.length < shortest || !this.isPrefix(first)) return digest(name, pieces);
    const hash = this.upTo(name, first.length);
    if (!hash) return digest(name, pieces);
    for (const piece of rest) hash.update(piece);
    return hash.digest();
  };

  private isPrefix(piece: Uint8Array): boolean {
    return piece.buffer === this.bytes.buffer && piece.byteOffset === this.bytes.byteOffset;
  }

  /** null for a digest that node:crypto does not know here. */
  private upTo(name: string, length: number): Hash | null {
    const known = this.states.get(name) ?? [];
    const nearest = known.findLast((state) => state.length <= length);
    const hash = nearest ? nearest.hash.copy() : newHash(name);
    if (!hash) return null;
    hash.update(this.bytes.subarray(nearest?.length ?? 0, length));
    if (nearest?.length !== length) {
      known.push({ length, hash: hash.copy() });
      known.sort((one, other) => one.length - other.length);
      this.states.set(name, known);
    }
    return hash;
  }
}

/** Below this, sharing costs more than it saves. */
const shortest = 64 * 1024;

function newHash(name: string): Hash | null {
  // Its length of output is no matter of the name alone.
  if (name === 'shake256') return null;
  try {
    return createHash(name);
  } catch {
    return null;
  }
}
