/** What strace recorded of one process's writes below one folder, in order. */
export type Op =
  | { readonly op: 'create'; readonly path: string; readonly empty: boolean }
  | { readonly op: 'write'; readonly path: string; readonly at: number; readonly data: Buffer }
  /** At the end of the file. */
  | { readonly op: 'append'; readonly path: string; readonly data: Buffer }
  | { readonly op: 'size'; readonly path: string; readonly size: number }
  | {
      readonly op: 'copy';
      readonly from: string;
      readonly at: number;
      readonly path: string;
      readonly to: number;
      readonly length: number;
    }
  | { readonly op: 'rename'; readonly from: string; readonly to: string }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'folder'; readonly path: string }
  /** Covers what was done before `began`, an index into the list of operations. */
  | { readonly op: 'sync'; readonly path: string; readonly began: number }
  | { readonly op: 'said'; readonly line: string };

/** The calls that change files on Linux; anything else that does is found out by comparing with the real folder. */
const calls =
  'openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat,fsync,fdatasync,copy_file_range,sendfile,fallocate';

/** Arguments for strace: whole buffers, paths of descriptors, everything in hexadecimal, other calls at full speed. */
export const straceArguments = (file: string): string[] =>
  `-f -y -qq -xx -s 2000000 --seccomp-bpf --signal=none -e trace=${calls} -o`.split(' ').concat(file);

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const textOf = (hex: string): string => bytesOf(hex).toString();

interface Call {
  readonly name: string;
  /** Arguments: strings decoded as bytes, descriptors as their number and path, the rest as text. */
  readonly parts: readonly Part[];
  readonly result: number;
  readonly began: number;
}

interface Part {
  readonly text: string;
  readonly bytes: Buffer | null;
  /** Path of a descriptor. */
  readonly path: string | null;
}

const partPattern =
  /"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?|(AT_FDCWD|\d+)<((?:[^<>]|->)*)>(?:\(deleted\))?|[^\s,"<>][^,"<>]*/g;

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (const found of text.matchAll(partPattern)) {
    const [whole, quoted, cut, descriptor, path] = found;
    if (cut !== undefined) throw new Error('strace left out part of a buffer');
    if (quoted !== undefined) parts.push({ text: '', bytes: bytesOf(quoted), path: null });
    else if (descriptor !== undefined) {
      const deleted = whole.endsWith('(deleted)');
      parts.push({ text: descriptor, bytes: null, path: deleted ? '' : textOf(path ?? '') });
    } else if (whole.trim() !== '') parts.push({ text: whole.trim(), bytes: null, path: null });
  }
  return parts;
}

const appending = -1;

/** @param root absolute; what lies elsewhere is left out, but for what was said on standard output. */
export function readTrace(trace: string, root: string): Op[] {
  const ops: Op[] = [];
  const hexRoot = [...Buffer.from(root)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  /** Half of a call that another thread interrupted, by thread. */
  const begun = new Map<string, { readonly text: string; readonly began: number }>();
  /** Where the next write(2) of a descriptor goes. */
  const places = new Map<string, number>();
  for (const line of trace.split('\n')) {
    const head = /^(\d+) +(.*)$/.exec(line);
    if (!head) continue;
    const [, thread = '', rest = ''] = head;
    let text = rest;
    let began = ops.length;
    if (text.endsWith('<unfinished ...>')) {
      begun.set(thread, { text: text.slice(0, -'<unfinished ...>'.length).trimEnd(), began });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
    if (resumed) {
      const half = begun.get(thread);
      if (!half) continue;
      begun.delete(thread);
      text = half.text + (resumed[1] ?? '');
      began = half.began;
    }
    if (!text.includes(hexRoot) && !text.startsWith('write(1<')) continue;
    const call = /^(\w+)\((.*)\) += (-?\d+)/s.exec(text);
    if (!call) continue;
    const [, name = '', inside = '', result = '-1'] = call;
    if (Number(result) < 0) continue;
    translate({ name, parts: partsOf(inside), result: Number(result), began }, text, root, places, ops);
  }
  return ops;
}

function translate(call: Call, text: string, root: string, places: Map<string, number>, ops: Op[]): void {
  const { parts, result } = call;
  const inside = (path: string): boolean => path === root || path.startsWith(`${root}/`);
  const pathAt = (index: number): string => parts[index]?.bytes?.toString() ?? '';
  /** A path after a folder's descriptor. */
  const pathIn = (index: number): string => {
    const path = pathAt(index + 1);
    return path.startsWith('/') ? path : `${parts[index]?.path ?? ''}/${path}`;
  };
  const number = (index: number): number => Number.parseInt(parts[index]?.text.replace('[', '') ?? '', 10);
  const target = parts[0]?.path ?? '';
  const key = `${parts[0]?.text}`;
  switch (call.name) {
    case 'openat': {
      const path = pathIn(0);
      const flags = parts[2]?.text ?? '';
      if (!inside(path) || /O_DIRECTORY/.test(flags)) return;
      places.set(String(result), /O_APPEND/.test(flags) ? appending : 0);
      if (/O_CREAT|O_TRUNC/.test(flags)) ops.push({ op: 'create', path, empty: /O_TRUNC/.test(flags) });
      return;
    }
    case 'write': {
      if (key === '1') {
        for (const line of (parts[1]?.bytes ?? Buffer.alloc(0)).toString().split('\n'))
          if (line !== '') ops.push({ op: 'said', line });
        return;
      }
      if (!inside(target)) return;
      const at = places.get(key) ?? 0;
      const data = (parts[1]?.bytes ?? Buffer.alloc(0)).subarray(0, result);
      if (at === appending) return void ops.push({ op: 'append', path: target, data });
      places.set(key, at + result);
      ops.push({ op: 'write', path: target, at, data });
      return;
    }
    case 'pwrite64':
      if (!inside(target)) return;
      ops.push({
        op: 'write',
        path: target,
        at: number(3),
        data: (parts[1]?.bytes ?? Buffer.alloc(0)).subarray(0, result),
      });
      return;
    case 'ftruncate':
      if (inside(target)) ops.push({ op: 'size', path: target, size: number(1) });
      return;
    case 'fsync':
    case 'fdatasync':
      if (inside(target)) ops.push({ op: 'sync', path: target, began: call.began });
      return;
    case 'rename':
      if (inside(pathAt(0))) ops.push({ op: 'rename', from: pathAt(0), to: pathAt(1) });
      return;
    case 'renameat':
    case 'renameat2':
      if (inside(pathIn(0))) ops.push({ op: 'rename', from: pathIn(0), to: pathIn(2) });
      return;
    case 'unlink':
    case 'rmdir':
      if (inside(pathAt(0))) ops.push({ op: 'remove', path: pathAt(0) });
      return;
    case 'unlinkat':
      if (inside(pathIn(0))) ops.push({ op: 'remove', path: pathIn(0) });
      return;
    case 'mkdir':
      if (inside(pathAt(0))) ops.push({ op: 'folder', path: pathAt(0) });
      return;
    case 'copy_file_range': {
      const to = parts[2]?.path ?? '';
      if (!inside(to)) return;
      const place = parts[2]?.text ?? '';
      const at = places.get(place) ?? 0;
      places.set(place, at + result);
      ops.push({ op: 'copy', from: target, at: number(1), path: to, to: at, length: result });
      return;
    }
    default:
      // Better no answer than a wrong one.
      throw new Error(`not modelled: ${text.slice(0, 60)}`);
  }
}
