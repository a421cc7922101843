import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Watches the system calls: what is acknowledged has been flushed. Needs strace, and leave to trace. */
const canTrace = spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0;

describe('durability', () => {
  it.skipIf(!canTrace)(
    'each commit flushes the log, each object, header and re-keyed file is flushed before its rename (needs strace)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'eletter-trace-'));
      const vaultModule = join(import.meta.dirname, '../../../src/main/core/vault/index.ts');
      const sqlModule = join(import.meta.dirname, '../../../src/main/core/vault/sql.ts');
      const script = `
      import { writeSync } from 'node:fs';
      import { createVault, commitCreation } from ${JSON.stringify(vaultModule)};
      import { sql } from ${JSON.stringify(sqlModule)};
      const options = { folder: ${JSON.stringify(join(folder, 'vault'))}, cost: { memory: 256, passes: 1 }, now: new Date() };
      const { vault } = await createVault(options, { accountId: 'a', username: 'a' }, 'sandi yang panjang');
      commitCreation(options, vault);
      writeSync(1, 'mark:commits\\n');
      for (let n = 0; n < 5; n += 1) vault.write((db) => db.run(sql\`INSERT INTO meta VALUES (\${'k' + n}, 'v')\`));
      writeSync(1, 'mark:object\\n');
      vault.putObject(Buffer.alloc(100000, 1));
      writeSync(1, 'mark:rekey\\n');
      await vault.rekey();
      writeSync(1, 'mark:end\\n');
      vault.close();`;
      const trace = join(folder, 'trace');
      try {
        const done = spawnSync(
          'strace',
          [
            '-f',
            '-y',
            '-qq',
            '-o',
            trace,
            '-e',
            'trace=fsync,fdatasync,rename,renameat,renameat2,write',
            process.execPath,
            '--input-type=module',
            '-e',
            script,
          ],
          { encoding: 'utf8' },
        );
        expect(done.status, done.stderr).toBe(0);
        const lines = readFileSync(trace, 'utf8').split('\n');
        const between = (from: string, to: string): string[] =>
          lines.slice(
            lines.findIndex((line) => line.includes(`mark:${from}`)),
            lines.findIndex((line) => line.includes(`mark:${to}`)),
          );
        const flushes = (part: readonly string[], name: string): number =>
          part.filter((line) => /f(data)?sync\(/.test(line) && line.includes(name)).length;

        expect(flushes(between('commits', 'object'), 'letters.db-wal')).toBeGreaterThanOrEqual(5);
        const object = between('object', 'rekey');
        const flushed = object.findIndex((line) => /fsync\(/.test(line) && line.includes('.new'));
        const renamed = object.findIndex((line) => /rename/.test(line) && line.includes('.new'));
        expect(flushed).toBeGreaterThanOrEqual(0);
        expect(renamed).toBeGreaterThan(flushed);
        expect(object.slice(renamed).some((line) => /fsync\(/.test(line) && line.includes('objects'))).toBe(
          true,
        );
        const start = lines.findIndex((line) => line.includes('mark:commits'));
        expect(flushes(lines.slice(0, start), 'vault.json.new')).toBe(1);

        const rekey = between('rekey', 'end');
        const place = (test: RegExp, from = 0): number => {
          const at = rekey.findIndex((line, index) => index >= from && test.test(line));
          expect(at, String(test)).toBeGreaterThanOrEqual(from);
          return at;
        };
        // Both wraps, then the copy, then the database's place, then the new wraps: each on the disk before the next.
        const wraps = place(/fsync\(.*vault\.json\.new/);
        const copied = place(/f(data)?sync\(.*letters\.db\.rekeyed/, wraps);
        const moved = place(/rename.*letters\.db\.rekeyed/, copied);
        const known = place(/fsync\(\d+<[^>]*vault>\)/, moved);
        const settled = place(/rename.*vault\.json\.rekeyed/, known);
        place(/fsync\(\d+<[^>]*vault>\)/, settled);
        const ready = place(/fsync\(.*vault\.json\.rekeyed/);
        expect(ready).toBeLessThan(moved);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
