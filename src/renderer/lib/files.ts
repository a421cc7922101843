/** Files that a person chose or dropped, read with a limit. */

const mebibyte = 1024 * 1024;
export const limits = { pdf: 200 * mebibyte, p12: 2 * mebibyte, certificate: 4 * mebibyte } as const;

export type FileReading =
  | { readonly ok: true; readonly name: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too-large' | 'unreadable' };

export async function readFile(file: File, limit: number): Promise<FileReading> {
  if (file.size > limit) return { ok: false, reason: 'too-large' };
  try {
    return { ok: true, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}

export const limitText = (limit: number): string => `${Math.round(limit / mebibyte)} MB`;
