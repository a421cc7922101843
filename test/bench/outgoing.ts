import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendAudit } from '../../src/main/core/audit/index.ts';
import { insertPerson } from '../../src/main/core/accounts/index.ts';
import {
  createLetter,
  issueNumber,
  openReservation,
  reserveNumber,
} from '../../src/main/core/letters/index.ts';
import { createTestIdentity, signerFromPkcs8, type Signer } from '../../src/main/core/pki/index.ts';
import { signPdf } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { createVault, recordObject, sql, unlockVault, type Vault } from '../../src/main/core/vault/index.ts';
import {
  accountPassphrase,
  administrator,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  testCost,
  type TestApp,
} from '../fixtures/engine.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { figure, inTurns, type Figure, type Sample } from './measure.ts';
import { addPeople, fillLetters } from './vault-rows.ts';

/**
 * Outgoing letters through the whole application: number, page, signature and store, against the sum of those parts
 * alone; fifty callers at once; and a book of ten thousand against an empty one. On the wall clock, since the parts
 * wait for the disk and for another process; in turns, so that neighbours disturb all alike.
 */
const callers = 50;

export async function outgoingSuite(): Promise<Figure[]> {
  const apps: TestApp[] = [];
  try {
    const [small, large] = [await signingOffice(0), await signingOffice(10_000)];
    apps.push(small, large);
    return [
      ...(await partsAndWhole(small)),
      ...(await manyCallers(small)),
      ...(await firstAndLast(small, large)),
      ...(await whileWriting(large)),
      ...typesettingMemory(),
    ];
  } finally {
    for (const app of apps) {
      await app.close();
      removeFolder(app.dataDir);
    }
  }
}

/** An office with somebody who signs, and so many letters in the book of this year already. */
async function signingOffice(letters: number): Promise<TestApp> {
  const first = testApp();
  const { session } = await first.firstRun();
  await first.ask('identity.createTest', { signingPassphrase });
  if (letters === 0) return first;
  await first.close();
  const { dataDir } = first;
  const { accountId } = session;
  const opening = { folder: join(dataDir, 'vault'), cost: testCost, now: new Date() };
  const { vault } = await unlockVault(opening, accountId, accountPassphrase);
  const year = new Date().getFullYear();
  vault.write((db) => {
    addPeople(db);
    fillLetters(db, 0, letters, accountId);
    db.run(sql`UPDATE number_book SET register = 'surat-keluar', unit = 'SETDA', year = ${year},
      letter_date = ${`${year}-01-02`}, number = '000.8.3/' || sequence || '/SETDA/' || CAST(${year} AS INTEGER)`);
  });
  vault.close();
  const app = testApp({ dataDir });
  await app.ask('vault.unlock', { accountId, passphrase: accountPassphrase });
  return app;
}

interface Ready {
  readonly id: string;
  readonly revision: number;
}

async function drafts(app: TestApp, count: number): Promise<Ready[]> {
  const made: Ready[] = [];
  for (let n = 0; n < count; n += 1) {
    const { id, revision } = await app.draft(letterContent(`Laporan ${n}`));
    made.push({ id, revision });
  }
  return made;
}

const signOne = (app: TestApp, { id, revision }: Ready): Promise<unknown> =>
  app.ask('letters.sign', { id, revision, signingPassphrase });

/** Signs the next one of those that are ready. */
function signNext(app: TestApp, ready: Ready[]): () => Promise<unknown> {
  return () => {
    const next = ready.pop();
    if (!next) throw new Error('no letter is ready');
    return signOne(app, next);
  };
}

const rounds = 60;
const warmUp = 10;

const inBatch = 20;
const batches = 6;

async function partsAndWhole(app: TestApp): Promise<Figure[]> {
  const parts = await partsAlone(rounds + warmUp + (batches + 1) * inBatch);
  const works = parts.works.map((part) => part.work);
  const whole = signNext(app, await drafts(app, rounds + warmUp));
  const many = signBatch(app, await drafts(app, (batches + 1) * inBatch));
  try {
    const [signing, ...alone] = await inTurns([whole, ...works], rounds, warmUp);
    const [batch, ...beside] = await inTurns([many, ...works.map(times(inBatch))], batches, 1);
    if (!signing || !batch) return [];
    const each = shared(batch, inBatch);
    const sum = { peer: 'sum of its parts', bar: 2 };
    return [
      figure('outgoing', `number + page + signature + store (${perSecond(signing)}/s)`, signing, {
        ...sum,
        sample: sumOf(alone),
      }),
      figure('outgoing', `the same in a batch (${perSecond(each)}/s, target 100/s)`, each, {
        ...sum,
        sample: shared(sumOf(beside), inBatch),
      }),
      ...parts.works.flatMap(({ name }, index) => {
        const sample = alone[index];
        return sample ? [figure('outgoing', `  of it alone: ${name}`, sample)] : [];
      }),
    ];
  } finally {
    parts.close();
  }
}

const sumOf = (samples: readonly Sample[]): Sample => ({
  median: samples.reduce((total, one) => total + one.median, 0),
  p95: samples.reduce((total, one) => total + one.p95, 0),
  n: samples[0]?.n ?? 0,
});

const shared = ({ median, p95, n }: Sample, by: number): Sample => ({
  median: median / by,
  p95: p95 / by,
  n: n * by,
});

const times =
  (count: number) =>
  (work: () => unknown): (() => Promise<void>) =>
  async () => {
    for (let done = 0; done < count; done += 1) await work();
  };

/** One passphrase for the next so many that are ready. */
function signBatch(app: TestApp, ready: Ready[]): () => Promise<void> {
  return async () => {
    const letters = ready.splice(0, inBatch);
    await app.ask('batch.start', { letters, mode: 'all', signingPassphrase });
    await app.engine.app.settled();
    const status = await app.ask('batch.status', {});
    if (status?.signed !== inBatch) throw new Error('the batch did not sign all');
    await app.ask('batch.dismiss', {});
  };
}

const perSecond = ({ median }: Sample): string => (1000 / median).toFixed(0);

interface Part {
  readonly name: string;
  readonly work: () => unknown;
}

/** Each part on a vault and a page of its own, in this process. */
async function partsAlone(count: number): Promise<{ readonly works: readonly Part[]; close(): void }> {
  const now = new Date();
  const app = testApp();
  const opening = { folder: join(app.dataDir, 'vault'), cost: testCost, now };
  const { vault } = await createVault(opening, { accountId: 'a', username: 'a' }, accountPassphrase);
  const day = now.toISOString().slice(0, 10);
  const ids = vault.write((db) => {
    insertPerson(db, 'a', administrator, ['administrator'], now, day, true);
    const sender = { accountId: 'a', post: '', unit: 'SETDA' };
    return Array.from({ length: count }, () => createLetter(db, letterContent('Laporan'), sender, now));
  });
  const identity = await createTestIdentity({ commonName: 'B', organisation: 'B', unit: 'B' }, now);
  const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
  const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../resources') });
  let nonce = 0;
  const page = (): Uint8Array => {
    nonce += 1;
    const letter = { ...sampleLetter(1), content: letterContent(`Laporan ke-${nonce}`) };
    return typesetter.typeset({ letter, profile: null, createdAt: now.toISOString() }).pdf;
  };
  const pdf = page();
  const signed = await signPdf(pdf, { signer, time: now });
  return {
    works: [
      { name: 'reserve, committed', work: reserving(vault, ids, now, day) },
      { name: 'typeset', work: page },
      { name: 'sign', work: signing(pdf, signer) },
      { name: 'store the PDF and issue, committed', work: storing(vault, ids, signed, now) },
    ],
    close() {
      vault.close();
      removeFolder(app.dataDir);
    },
  };
}

const signing =
  (pdf: Uint8Array, signer: Signer): (() => Promise<Uint8Array>) =>
  () =>
    signPdf(Uint8Array.from(pdf), { signer, time: new Date() });

function reserving(vault: Vault, ids: readonly string[], now: Date, date: string): () => void {
  let next = 0;
  return () => {
    const letterId = ids[next] ?? '';
    next += 1;
    vault.write((db) => {
      const style = {
        template: '{classification}/{sequence}/{unit}/{year}',
        padding: 1,
        insertion: 'decimal',
      } as const;
      const facts = {
        register: 'surat-keluar',
        unit: 'SETDA',
        year: Number(date.slice(0, 4)),
        classification: '000',
      };
      reserveNumber(
        db,
        { ...facts, letterId, style, start: 1, security: 'biasa', date, mayInsert: false },
        now,
      );
      audit(db, 'letter.reserved', letterId, now);
    });
  };
}

function storing(vault: Vault, ids: readonly string[], signed: Uint8Array, now: Date): () => void {
  let next = 0;
  return () => {
    const letterId = ids[next] ?? '';
    next += 1;
    // Another file each time: one that is there already is not written again.
    const object = vault.putObject(Buffer.concat([signed, Buffer.from(letterId)]));
    vault.write((db) => {
      const reservation = openReservation(db, letterId);
      if (!reservation) throw new Error('not reserved');
      issueNumber(db, reservation, now);
      recordObject(db, object, now.toISOString());
      audit(db, 'letter.signed', letterId, now);
    });
  };
}

function audit(db: Parameters<typeof appendAudit>[0], action: string, entityId: string, at: Date): void {
  appendAudit(db, { at, actorId: 'a', action, entity: 'letter', entityId, facts: {} });
}

async function manyCallers(app: TestApp): Promise<Figure[]> {
  let ready: Ready[] = [];
  const inLine = async (): Promise<void> => {
    for (const one of ready.splice(0, callers)) await signOne(app, one);
  };
  const atOnce = async (): Promise<void> => {
    await Promise.all(ready.splice(0, callers).map((one) => signOne(app, one)));
  };
  const count = 4;
  // 0.7 of the throughput is 1.42 times the time.
  ready = await drafts(app, callers * 2 * (count + 1));
  const [line, once] = await inTurns([inLine, atOnce], count, 1);
  if (!line || !once) return [];
  const title = `${callers} letters by ${callers} callers at once`;
  return [figure('outgoing', title, once, { peer: 'one after the other', sample: line, bar: 1.42 })];
}

async function firstAndLast(small: TestApp, large: TestApp): Promise<Figure[]> {
  const count = 60;
  const fresh = signNext(small, await drafts(small, count + warmUp));
  const late = signNext(large, await drafts(large, count + warmUp));
  const [first, last] = await inTurns([fresh, late], count, warmUp);
  if (!first || !last) return [];
  return [figure('outgoing', 'the 10 000th letter', last, { peer: 'the 1st', sample: first, bar: 1.2 })];
}

/** What somebody who writes waits for, in the vault of ten thousand letters. Targets: 10 ms; 40 ms, 10 a further page. */
async function whileWriting(app: TestApp): Promise<Figure[]> {
  const { id, revision: first } = await app.draft(letterContent('Diketik'));
  let revision = first;
  let typed = 0;
  const save = (pages: number) => async (): Promise<void> => {
    typed += 1;
    const content = { ...letterContent(`Diketik ${typed}`), body: sampleLetter(pages).content.body };
    ({ revision } = await app.ask('letters.saveDraft', { id, revision, content }));
  };
  const preview = (pages: number) => async (): Promise<void> => {
    await save(pages)();
    const made = await app.ask('letters.preview', { id });
    if (made.pdf === null) throw new Error('no preview');
    shown.set(pages, made.pages);
  };
  const shown = new Map<number, number>();
  const [saved, one, five] = await inTurns([save(1), preview(1), preview(5)], 30, 4);
  if (!saved || !one || !five) return [];
  return [
    figure('outgoing', 'autosave (target 10 ms)', saved),
    figure('outgoing', `save and preview, ${shown.get(1) ?? 0} page (target 40 ms)`, one),
    figure(
      'outgoing',
      `save and preview, ${shown.get(5) ?? 0} pages (target 40 ms + 10 a further page)`,
      five,
    ),
  ];
}

/** Resident memory of this process's pools, the largest; nothing where the system does not tell. */
function typesettingMemory(): Figure[] {
  const megabytes: number[] = [];
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const status = statusOf(pid);
      if (!status.includes(`PPid:\t${process.pid}\n`)) continue;
      const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
      if (kilobytes) megabytes.push(Number(kilobytes) / 1024);
    }
  } catch {
    return [];
  }
  const largest = megabytes.toSorted((a, b) => a - b).at(-1);
  if (largest === undefined) return [];
  return [
    figure(
      'outgoing',
      'memory of a typesetting process',
      { median: largest, p95: largest, n: 1 },
      undefined,
      'MB',
    ),
  ];
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
