import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shuffled, type Chance } from './acts.ts';
import type { Op } from './trace.ts';

/**
 * A disk that may lose power. It keeps, for every file and folder, what is certain to be there and what was written
 * since: after a power loss any subset of the latter is there, in any order. Only fsync makes certain, of a file its
 * content and of a folder its entries; a file that was flushed can still be without a name. Stricter than the file
 * systems that people have, as POSIX allows it to be.
 */
interface FileNode {
  readonly kind: 'file';
  live: Buffer;
  sure: Buffer;
  pending: { readonly seq: number; readonly change: Change }[];
}

type Change =
  | { readonly at: number; readonly data: Buffer }
  /** The file's new length. */
  | { readonly size: number };

interface FolderNode {
  readonly kind: 'folder';
  readonly live: Map<string, Node>;
  readonly sure: Map<string, Node>;
  pending: { readonly seq: number; readonly entry: Entry }[];
}

type Node = FileNode | FolderNode;

/** What one operation did to the names of one folder; null: no longer there. */
interface Entry {
  readonly names: readonly (readonly [string, Node | null])[];
  /** Of a rename from another folder: the target's half, without which the name does not go away. */
  readonly after: Entry | null;
}

/** Disks write sectors. */
const sector = 512;

const newFile = (content = Buffer.alloc(0)): FileNode => ({
  kind: 'file',
  live: content,
  sure: content,
  pending: [],
});
const newFolder = (): FolderNode => ({ kind: 'folder', live: new Map(), sure: new Map(), pending: [] });

function changed(content: Buffer, change: Change): Buffer {
  if ('size' in change) {
    const cut = Buffer.alloc(change.size);
    content.copy(cut);
    return cut;
  }
  const { at, data } = change;
  // Copied when it grows: what is certain and what is live share their bytes until then.
  const grown = Buffer.alloc(Math.max(content.length, at + data.length));
  content.copy(grown);
  data.copy(grown, at);
  return grown;
}

export interface Disk {
  /** Does what a process did. */
  apply(op: Op): void;
  /** Writes what a power loss at this moment may leave into an empty folder. */
  lose(chance: Chance, target: string): void;
  /** Paths, relative to the root, where this differs from a real folder. */
  differences(folder: string): string[];
}

/** SQLite shares this file between processes by mapping it: nothing of it matters after a power loss. */
const isMapped = (name: string): boolean => name.endsWith('-shm');

/** @param folder what lies on the disk at the beginning. @param root the path that the operations have for it. */
export function diskOf(folder: string, root: string): Disk {
  let seq = 0;

  function load(path: string): FolderNode {
    const node = newFolder();
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      const child = entry.isDirectory() ? load(inner) : newFile(readFileSync(inner));
      node.live.set(entry.name, child);
      node.sure.set(entry.name, child);
    }
    return node;
  }
  const top = load(folder);

  function find(path: string): Node | undefined {
    if (path === root) return top;
    const parent = find(dirname(path));
    return parent?.kind === 'folder' ? parent.live.get(basename(path)) : undefined;
  }

  function parentOf(path: string): FolderNode {
    const parent = find(dirname(path));
    if (parent?.kind !== 'folder') throw new Error(`no folder for ${path}`);
    return parent;
  }

  function name(target: FolderNode, names: Entry['names'], after: Entry | null = null): Entry {
    const entry: Entry = { names, after };
    for (const [one, node] of names) {
      if (node) target.live.set(one, node);
      else target.live.delete(one);
    }
    target.pending.push({ seq, entry });
    return entry;
  }

  function change(path: string, made: Change): void {
    const file = find(path);
    // Removed while it was open: nobody will see it.
    if (file?.kind !== 'file') return;
    file.live = changed(file.live, made);
    file.pending.push({ seq, change: made });
  }

  function sync(path: string, until: number): void {
    const node = find(path);
    if (node?.kind === 'file') {
      for (const { change: made } of node.pending.filter((one) => one.seq < until))
        node.sure = changed(node.sure, made);
      node.pending = node.pending.filter((one) => one.seq >= until);
    } else if (node?.kind === 'folder') {
      for (const { entry } of node.pending.filter((one) => one.seq < until)) settle(node.sure, entry);
      node.pending = node.pending.filter((one) => one.seq >= until);
    }
  }

  function settle(names: Map<string, Node>, entry: Entry): void {
    for (const [one, node] of entry.names) {
      if (node) names.set(one, node);
      else names.delete(one);
    }
  }

  function rename(from: string, to: string): void {
    const [source, target] = [parentOf(from), parentOf(to)];
    const node = source.live.get(basename(from));
    if (!node) throw new Error(`nothing at ${from}`);
    if (source === target)
      return void name(source, [
        [basename(from), null],
        [basename(to), node],
      ]);
    const half = name(target, [[basename(to), node]]);
    name(source, [[basename(from), null]], half);
  }

  /** The bytes of a file after the loss. */
  function contentAfter(file: FileNode, chance: Chance): Buffer {
    const torn = chance() < 0.5;
    const share = chance();
    let content = file.sure;
    for (const { change: made } of shuffled(chance, file.pending)) {
      if ('size' in made || !torn) {
        if (chance() < share) content = changed(content, made);
        continue;
      }
      for (let at = 0; at < made.data.length; at += sector)
        if (chance() < share)
          content = changed(content, { at: made.at + at, data: made.data.subarray(at, at + sector) });
    }
    return content;
  }

  /** Names of every folder after the loss. What was done to one name stays in its order. */
  function namesAfter(chance: Chance): Map<FolderNode, Map<string, Node>> {
    const all = new Map<FolderNode, Map<string, Node>>();
    const pending: { readonly seq: number; readonly entry: Entry; readonly of: FolderNode }[] = [];
    const walk = (node: FolderNode): void => {
      if (all.has(node)) return;
      all.set(node, new Map(node.sure));
      pending.push(...node.pending.map((one) => ({ ...one, of: node })));
      for (const child of [
        ...node.sure.values(),
        ...node.live.values(),
        ...node.pending.flatMap(({ entry }) => entry.names.map(([, one]) => one)),
      ])
        if (child?.kind === 'folder') walk(child);
    };
    walk(top);
    const share = chance();
    const lost = new Map<FolderNode, Set<string>>();
    const dropped = new Set<Entry>();
    for (const { entry, of } of pending.toSorted((a, b) => a.seq - b.seq)) {
      const gone = lost.get(of) ?? new Set<string>();
      lost.set(of, gone);
      const names = all.get(of);
      if (!names) continue;
      const blocked = entry.names.some(([one]) => gone.has(one)) || (entry.after && dropped.has(entry.after));
      if (!blocked && chance() < share) settle(names, entry);
      else {
        dropped.add(entry);
        for (const [one] of entry.names) gone.add(one);
      }
    }
    return all;
  }

  return {
    apply(op) {
      switch (op.op) {
        case 'create': {
          if (!find(op.path)) name(parentOf(op.path), [[basename(op.path), newFile()]]);
          else if (op.empty) change(op.path, { size: 0 });
          break;
        }
        case 'write':
          change(op.path, { at: op.at, data: op.data });
          break;
        case 'append': {
          const file = find(op.path);
          if (file?.kind === 'file') change(op.path, { at: file.live.length, data: op.data });
          break;
        }
        case 'copy': {
          const from = find(op.from);
          if (from?.kind !== 'file') throw new Error(`copied from outside: ${op.from}`);
          change(op.path, { at: op.to, data: Buffer.from(from.live.subarray(op.at, op.at + op.length)) });
          break;
        }
        case 'size':
          change(op.path, { size: op.size });
          break;
        case 'folder':
          name(parentOf(op.path), [[basename(op.path), newFolder()]]);
          break;
        case 'remove':
          name(parentOf(op.path), [[basename(op.path), null]]);
          break;
        case 'rename':
          rename(op.from, op.to);
          break;
        case 'sync':
          sync(op.path, op.began);
          break;
        case 'said':
          break;
      }
      seq += 1;
    },
    lose(chance, target) {
      const names = namesAfter(chance);
      const write = (node: FolderNode, path: string): void => {
        mkdirSync(path, { recursive: true });
        for (const [one, child] of names.get(node) ?? []) {
          if (child.kind === 'folder') write(child, join(path, one));
          else writeFileSync(join(path, one), contentAfter(child, chance));
        }
      };
      write(top, target);
    },
    differences(real) {
      const found: string[] = [];
      const compare = (node: FolderNode, path: string, at: string): void => {
        const there = new Set(readdirSync(path));
        for (const one of new Set([...there, ...node.live.keys()])) {
          if (isMapped(one)) continue;
          const child = node.live.get(one);
          const inner = join(path, one);
          if (!child || !there.has(one)) found.push(join(at, one));
          else if (child.kind === 'folder') compare(child, inner, join(at, one));
          else if (!readFileSync(inner).equals(child.live)) found.push(join(at, one));
        }
      };
      compare(top, real, '');
      return found;
    },
  };
}
