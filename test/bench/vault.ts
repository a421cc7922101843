import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commitCreation,
  createVault,
  sql,
  standardCost,
  unlockVault,
  type KdfCost,
} from '../../src/main/core/vault/index.ts';
import { startLocalEngine } from '../../src/main/engine/local.ts';
import { accountPassphrase, poolEntry, removeFolder, resourcesDir, testApp } from '../fixtures/engine.ts';
import { figure, inTurns, quantile, sampleOf, type Figure, type Sample } from './measure.ts';
import {
  addPeople,
  encryptedDatabase,
  fillLetters,
  insertLetter,
  letterId,
  plainDatabase,
  type BenchDatabase,
} from './vault-rows.ts';

/**
 * The vault: what encryption costs against the same library without a key, how a large vault opens against an empty
 * one, and what a backup costs those who go on writing. `BENCH_LETTERS` lowers the million letters for a quick look;
 * every case says how many there were.
 */
const letters = Number(process.env['BENCH_LETTERS'] ?? 1_000_000);
/** Some 1.3 kB each with their indexes: several times the cache of 64 MB. */
const readable = Math.min(200_000, letters);
const cheap: KdfCost = { memory: 256, passes: 1 };

export async function vaultSuite(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eletter-bench-'));
  try {
    return [
      ...(await encryption(folder)),
      ...(await unlocking(folder)),
      ...(await opening()),
      ...(await duringBackup(folder)),
    ];
  } finally {
    removeFolder(folder);
  }
}

async function encryption(folder: string): Promise<Figure[]> {
  const encrypted = encryptedDatabase(folder);
  const plain = plainDatabase(folder);
  for (const { db } of [encrypted, plain]) db.write(addPeople);
  const next = new Map<BenchDatabase, number>([
    [encrypted, 0],
    [plain, 0],
  ]);
  const insert = (target: BenchDatabase, count: number) => (): void => {
    const from = next.get(target) ?? 0;
    target.db.write((db) => {
      for (let n = from; n < from + count; n += 1) insertLetter(db, n);
    });
    next.set(target, from + count);
  };
  const [manyHere, manyThere] = await inTurns([insert(encrypted, 1000), insert(plain, 1000)], 25, 3);
  const [oneHere, oneThere] = await inTurns([insert(encrypted, 1), insert(plain, 1)], 500, 20);

  for (const one of [encrypted, plain])
    for (let from = next.get(one) ?? 0; from < readable; from += 50_000)
      one.db.write((db) => fillLetters(db, from, Math.min(from + 50_000, readable)));
  for (const { raw } of [encrypted, plain]) raw.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(join(folder, 'encrypted.db')).size;
  const read = ({ raw }: BenchDatabase): (() => void) => {
    const statement = raw.prepare('SELECT * FROM letter WHERE id = ?');
    return () => {
      for (let n = 0; n < 500; n += 1)
        if (!statement.get(letterId(randomInt(readable)))) throw new Error('a letter is missing');
    };
  };
  // Long enough for both caches to be as full as they get.
  const [readHere, readThere] = await inTurns([read(encrypted), read(plain)], 60, 60);
  for (const { raw } of [encrypted, plain]) raw.close();
  rmSync(join(folder, 'encrypted.db'));
  rmSync(join(folder, 'plain.db'));
  if (!manyHere || !manyThere || !oneHere || !oneThere || !readHere || !readThere) return [];
  const size = `${readable} letters, ${(bytes / 1_048_576).toFixed(0)} MB`;
  const against = (sample: Sample, bar: number): Parameters<typeof figure>[3] => ({
    peer: 'without a key',
    sample,
    bar,
  });
  return [
    figure('vault', 'insert 1,000 letters, one commit', manyHere, against(manyThere, 2)),
    figure('vault', 'insert a letter, one commit', oneHere, against(oneThere, 2)),
    figure('vault', `500 letters by id, of ${size}`, readHere, against(readThere, 2)),
  ];
}

async function unlocking(folder: string): Promise<Figure[]> {
  const options = { folder: join(folder, 'unlock'), cost: standardCost, now: new Date() };
  const { vault } = await createVault(options, { accountId: 'a', username: 'a' }, accountPassphrase);
  commitCreation(options, vault);
  vault.close();
  const times: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const began = performance.now();
    const opened = await unlockVault(options, 'a', accountPassphrase);
    if (round > 0) times.push(performance.now() - began);
    opened.vault.close();
  }
  return [figure('vault', `unlock, Argon2id ${standardCost.memory / 1024} MiB`, sampleOf(times))];
}

interface Office {
  readonly dataDir: string;
  readonly accountId: string;
}

/** A vault as the app made it, with so many letters in it; its daily backup counts as done. */
async function office(count: number): Promise<Office> {
  const app = testApp();
  const { session } = await app.firstRun();
  await app.close();
  const { dataDir } = app;
  const { accountId } = session;
  const options = { folder: join(dataDir, 'vault'), cost: cheap, now: new Date() };
  const { vault } = await unlockVault(options, accountId, accountPassphrase);
  vault.write(addPeople);
  for (let from = 0; from < count; from += 100_000)
    vault.write((db) => fillLetters(db, from, Math.min(from + 100_000, count), accountId));
  const set = join(dataDir, 'backups', '2026-01-01T00-00-00Z');
  mkdirSync(set, { recursive: true });
  const manifest = { format: 'eletter-backup', version: 2, vaultId: vault.id, rows: {}, files: {} };
  writeFileSync(
    join(set, 'manifest.json'),
    JSON.stringify({ ...manifest, madeAt: new Date().toISOString() }),
  );
  vault.close();
  return { dataDir, accountId };
}

/** The same passphrase under Argon2id of another cost. */
async function setCost({ dataDir, accountId }: Office, cost: KdfCost): Promise<void> {
  const options = { folder: join(dataDir, 'vault'), cost, now: new Date() };
  const { vault, accountKey } = await unlockVault(options, accountId, accountPassphrase);
  await vault.changeAccountPassphrase(accountId, accountKey, accountPassphrase);
  vault.close();
}

/** From the passphrase to the list of letters received. @param cost of Argon2id. */
async function firstList({ dataDir, accountId }: Office, cost: KdfCost): Promise<number> {
  const engine = startLocalEngine({
    dataDir,
    resourcesDir,
    version: 'bench',
    poolEntry,
    kdfCost: cost,
  });
  const began = performance.now();
  const opened = await engine.app.call('vault.unlock', { accountId, passphrase: accountPassphrase });
  const listed = await engine.app.call('letters.list', { folder: 'incoming' });
  const took = performance.now() - began;
  if (!opened.ok || !listed.ok) throw new Error('the list did not come');
  await engine.close();
  return took;
}

async function opening(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const full = await office(letters);
  const empty = await office(0);
  try {
    for (const [cost, bar] of [
      [standardCost, 1.15],
      [cheap, null],
    ] as const) {
      for (const one of [full, empty]) await setCost(one, cost);
      const times: [number[], number[]] = [[], []];
      for (let round = -1; round < 8; round += 1) {
        const [long, short] = [await firstList(full, cost), await firstList(empty, cost)];
        if (round < 0) continue;
        times[0].push(long);
        times[1].push(short);
      }
      const kdf = cost === cheap ? ', without the cost of Argon2id' : '';
      figures.push(
        figure('vault', `open ${letters} letters to the first list${kdf}`, sampleOf(times[0]), {
          peer: 'an empty vault',
          sample: sampleOf(times[1]),
          bar,
        }),
      );
    }
    return figures;
  } finally {
    removeFolder(full.dataDir);
    removeFolder(empty.dataDir);
  }
}

/** p99 of the commits made while `until` has not come, or of `count` commits. */
async function commits(
  write: (n: number) => void,
  next: () => number,
  until: () => boolean,
): Promise<number> {
  const times: number[] = [];
  while (!until()) {
    const n = next();
    const began = performance.now();
    write(n);
    times.push(performance.now() - began);
    // The worker's answers come through this thread's loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return quantile(
    times.toSorted((a, b) => a - b),
    0.99,
  );
}

async function duringBackup(folder: string): Promise<Figure[]> {
  const options = { folder: join(folder, 'busy'), cost: cheap, now: new Date() };
  const { vault } = await createVault(options, { accountId: 'a', username: 'a' }, accountPassphrase);
  commitCreation(options, vault);
  vault.write(addPeople);
  const before = Math.min(50_000, letters);
  vault.write((db) => fillLetters(db, 0, before));
  for (let n = 0; n < 20; n += 1) {
    const object = vault.putObject(randomBytes(1_048_576));
    vault.write((db) =>
      db.run(sql`INSERT INTO object VALUES (${object.id}, ${object.key}, ${object.size}, 'now')`),
    );
  }
  let n = before;
  const next = (): number => {
    n += 1;
    return n;
  };
  const write = (one: number): void => vault.write((db) => insertLetter(db, one));
  const target = join(folder, 'backups');
  const [busy, quiet, speed]: [number[], number[], number[]] = [[], [], []];
  for (let round = -1; round < 5; round += 1) {
    removeFolder(target);
    let done = false;
    const began = performance.now();
    const backup = vault.backup(target, new Date()).then((written) => {
      done = true;
      return written;
    });
    let made = 0;
    const during = await commits(
      write,
      () => {
        made += 1;
        return next();
      },
      () => done,
    );
    const took = performance.now() - began;
    const { path } = await backup;
    const bytes = statSync(join(path, 'letters.db')).size + 20 * 1_048_576;
    let left = made;
    const without = await commits(write, next, () => (left -= 1) < 0);
    if (round < 0) continue;
    busy.push(during);
    quiet.push(without);
    speed.push(bytes / 1_048_576 / (took / 1000));
  }
  vault.close();
  return [
    figure('vault', `p99 of a commit during a backup (${before} letters)`, sampleOf(busy), {
      peer: 'p99 without',
      sample: sampleOf(quiet),
      bar: 3,
    }),
    figure('vault', 'backup, verified, while in use', sampleOf(speed), undefined, 'MB/s'),
  ];
}
