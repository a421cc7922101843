import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeLauncher } from '../../../src/main/engine/launcher.ts';
import { createPool } from '../../../src/main/engine/pool.ts';

/** A stand-in for the pool's process that can be told to hang or to die; the seam is what is tested. */
const script = `
process.on('message', ({ id, task, input }) => {
  if (input.act === 'hang') return;
  if (input.act === 'die') process.exit(7);
  process.send({ id, result: { ok: true, value: { task, pid: process.pid } } });
});
process.on('disconnect', () => process.exit(0));
`;
let folder: string;
let entry: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-pool-'));
  entry = join(folder, 'child.mjs');
  writeFileSync(entry, script);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input = (act: string) => ({ bytes: new Uint8Array(), act });
const pidOf = (value: unknown): number => (value as { pid: number }).pid;

describe('the pool', () => {
  it('kills a task that overruns its time and serves the next one in a fresh process', async () => {
    const pool = createPool({ launcher: nodeLauncher, entry, resourcesDir: folder });
    const before = pidOf(await pool.run('display', input('answer')));
    const hanging = pool.run('display', input('hang'), 200);
    const next = pool.run('display', input('answer'));
    await expect(hanging).rejects.toThrow('TIMED_OUT');
    const after = pidOf(await next);
    expect(after).not.toBe(before);
    expect(() => process.kill(before, 0)).toThrow();
    pool.close();
  });

  it('survives a process that dies of what it was given', async () => {
    const pool = createPool({ launcher: nodeLauncher, entry, resourcesDir: folder });
    await expect(pool.run('display', input('die'))).rejects.toThrow('INTERNAL');
    expect(pidOf(await pool.run('display', input('answer')))).toBeGreaterThan(0);
    pool.close();
  });

  it('replaces its process after so many tasks', async () => {
    const pool = createPool({ launcher: nodeLauncher, entry, resourcesDir: folder, recycleAfter: 2 });
    const pids: number[] = [];
    for (let n = 0; n < 4; n += 1) pids.push(pidOf(await pool.run('display', input('answer'))));
    expect(pids[0]).toBe(pids[1]);
    expect(pids[1]).not.toBe(pids[2]);
    expect(pids[2]).toBe(pids[3]);
    pool.close();
  });

  it('starts a second process only when the first is busy, and loses one task when one of them dies', async () => {
    const pool = createPool({ launcher: nodeLauncher, entry, resourcesDir: folder, size: 2 });
    const one = pidOf(await pool.run('display', input('answer')));
    expect(pidOf(await pool.run('display', input('answer')))).toBe(one);
    const hanging = pool.run('display', input('hang'), 400).catch((error: unknown) => error);
    const others = await Promise.all([1, 2, 3].map(() => pool.run('display', input('answer'))));
    expect(new Set(others.map(pidOf)).size).toBe(1);
    expect(others.map(pidOf)).not.toContain(one);
    expect(await hanging).toMatchObject({ code: 'TIMED_OUT' });
    pool.close();
  });

  it('refuses work once closed, and what was waiting', async () => {
    const pool = createPool({ launcher: nodeLauncher, entry, resourcesDir: folder });
    const running = pool.run('display', input('hang'));
    pool.close();
    await expect(running).rejects.toThrow('INTERNAL');
    await expect(pool.run('display', input('answer'))).rejects.toThrow('INTERNAL');
  });
});
