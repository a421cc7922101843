import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/main/core/app/context.ts';
import { showFile } from '../../../src/main/core/app/verifying.ts';
import { AppError, type ErrorCode, type ShownFile } from '../../../src/main/core/contract/index.ts';

/** What becomes of a file whose pictures cannot be compared. */
const answer: ShownFile = {
  current: { revision: 2, pdf: new Uint8Array(), pages: 1, fields: [] },
  signed: null,
  pairs: [],
  differences: [],
  notCompared: 1,
};

async function asked(code: ErrorCode, revision: number | null): Promise<readonly boolean[]> {
  const pictures: boolean[] = [];
  const run = async (_task: string, input: { readonly pictures: boolean }): Promise<ShownFile> => {
    pictures.push(input.pictures);
    if (input.pictures) throw new AppError(code);
    return answer;
  };
  const context = { ports: { pool: { run } } } as unknown as Context;
  await showFile(context, { name: 'a.pdf', bytes: new Uint8Array(), password: null, revision }).catch(
    () => undefined,
  );
  return pictures;
}

describe('looking at a file', () => {
  it('goes on without pictures where the viewer hung or died', async () => {
    expect(await asked('TIMED_OUT', 1)).toEqual([true, false]);
    expect(await asked('INTERNAL', 1)).toEqual([true, false]);
  });

  it('does not try again what is refused anyway', async () => {
    expect(await asked('PDF_UNREADABLE', 1)).toEqual([true]);
    expect(await asked('TIMED_OUT', null)).toEqual([true]);
  });
});
