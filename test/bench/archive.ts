import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { squeeze } from '../../src/main/core/contract/folding.ts';
import { folders } from '../../src/main/core/contract/letters.ts';
import type { SearchRequest } from '../../src/main/core/contract/search.ts';
import { countersOf, lettersAt, type Asker } from '../../src/main/core/queries/index.ts';
import { listLetters } from '../../src/main/core/queries/letters.ts';
import { findLetters, newDesk } from '../../src/main/core/search/index.ts';
import { sql, type Vault } from '../../src/main/core/vault/index.ts';
import { askerOf } from '../fixtures/archive/askers.ts';
import { bareIndex, type BareIndex } from '../fixtures/archive/bare.ts';
import { buildArchive } from '../fixtures/archive/build.ts';
import { indexArchive } from '../fixtures/archive/indexing.ts';
import { officeOf } from '../fixtures/archive/office.ts';
import { openArchive } from '../fixtures/archive/open.ts';
import { figure, inTurns, processorClock, sampleOf, type Figure, type Sample } from './measure.ts';

/**
 * Lists, counters and search on two generated archives, one ten times the other, each asked by somebody who sees all,
 * one letter in a thousand, or nothing. `ARCHIVE_ROWS=10000,100000` for a quick look; `ARCHIVE_FOLDER` keeps the
 * archives for the next time (they take minutes); `ARCHIVE_SIGNED` says how many of the larger have real PDFs.
 * Processor time, both sizes in turns in one process, their caches warm.
 */
const [few = 100_000, many = 1_000_000] = (process.env['ARCHIVE_ROWS'] ?? '100000,1000000')
  .split(',')
  .map(Number);
const place = process.env['ARCHIVE_FOLDER'] ?? join(tmpdir(), 'eletter-archives');
const seed = 1;

const bars = { growth: 1.5, bare: 3, size: 1 } as const;
/** A first page. */
const page = 100;
/** Of a search: so few that also who sees little fills it in the smaller archive. */
const hits = 20;
const rounds = 15;
/** Milliseconds that one round is to take: shorter ones say more about the clock. */
const roundTakes = 20;

interface Archive {
  readonly vault: Vault;
  readonly bare: BareIndex;
  readonly askers: Readonly<Record<'archivist' | 'sees 0.1 %' | 'sees nothing' | 'registrar', Asker>>;
}

export async function archiveSuite(): Promise<Figure[]> {
  const archives: Archive[] = [];
  try {
    for (const letters of [few, many]) archives.push(await prepared(letters));
    const [small, large] = archives;
    if (!small || !large) return [];
    return [...(await growth(small, large)), ...(await againstBare(large)), ...size(large)];
  } finally {
    for (const { vault, bare } of archives) {
      bare.close();
      vault.close();
    }
  }
}

const say = (words: string): void => console.error(`  ${words}`);

async function prepared(letters: number): Promise<Archive> {
  const folder = join(place, String(letters));
  const signed = Number(process.env['ARCHIVE_SIGNED'] ?? Math.min(10_000, letters / 100));
  await buildArchive({ folder, letters, seed, signed, say });
  const vault = await openArchive(folder);
  indexArchive(vault, say);
  const office = officeOf(seed);
  const registrar = office.units[0]?.registrar ?? office.nobody;
  const askers = {
    archivist: await askerOf(vault, office.archivist),
    'sees 0.1 %': await askerOf(vault, office.seldom),
    'sees nothing': await askerOf(vault, office.nobody),
    registrar: await askerOf(vault, registrar),
  };
  return { vault, bare: bareIndex(folder, vault, say), askers };
}

/** Median processor time of one call of each, in milliseconds; each as often in a round as makes the round long enough. */
async function timed(works: readonly (() => unknown)[]): Promise<Sample[]> {
  const often = works.map((work) => {
    work();
    const began = processorClock();
    for (let count = 0; count < 5; count += 1) work();
    return Math.min(
      2000,
      Math.max(1, Math.ceil((roundTakes * 5) / Math.max(processorClock() - began, 0.05))),
    );
  });
  const repeated = works.map((work, index) => () => {
    for (let left = often[index] ?? 1; left > 0; left -= 1) work();
  });
  const samples = await inTurns(repeated, rounds, 3, null, processorClock);
  return samples.map(({ median, p95, n }, index) => ({
    median: median / (often[index] ?? 1),
    p95: p95 / (often[index] ?? 1),
    n,
  }));
}

type Case = (archive: Archive, asker: Asker) => () => unknown;

const searching =
  (request: SearchRequest, after: (archive: Archive) => number | null = () => null): Case =>
  (archive, asker) => {
    const desk = newDesk();
    return () => findLetters(archive.vault.read, asker, desk, request, after(archive), hits);
  };

const lists: Readonly<Record<string, Case>> = {
  [`first ${page} of every folder (target 50 ms each)`]: (archive, asker) => () => {
    for (const folder of folders) listLetters(archive.vault.read, asker, folder, { limit: page });
  },
  'counter set (target 50 ms)': (archive, asker) => () => countersOf(archive.vault.read, asker),
};
const longLists: Readonly<Record<string, Case>> = {
  'all that the role shows, 1,000 letters': (archive, asker) => () =>
    listLetters(archive.vault.read, asker, 'unit'),
};

async function growth(small: Archive, large: Archive): Promise<Figure[]> {
  const found = questions(small);
  const searches: Record<string, Case> = {
    'newest first, a later page': searching({ query: '', filters: { kind: 'surat-dinas' } }, ({ vault }) =>
      Math.floor(lastOf(vault) * 0.8),
    ),
    [`rare word (target 20 ms)`]: searching({ query: found.rare, filters: {} }),
    [`common word (target 100 ms)`]: searching({ query: found.common, filters: {} }),
    [`part of a number`]: searching({ query: found.piece, filters: {} }),
  };
  const figures: Figure[] = [];
  for (const who of ['archivist', 'sees 0.1 %', 'sees nothing', 'registrar'] as const) {
    const role = who === 'archivist' || who === 'registrar' ? longLists : {};
    for (const [name, work] of Object.entries({ ...lists, ...role, ...searches })) {
      const [long, short] = await timed([work(large, large.askers[who]), work(small, small.askers[who])]);
      if (!long || !short) continue;
      // What waits to be handed over is read for the whole office: it is the registrar's to keep small.
      const against = {
        peer: `${few} letters`,
        sample: short,
        bar: who === 'registrar' ? null : bars.growth,
      };
      figures.push(figure('archive', `${who}: ${name}`, long, against));
    }
  }
  return figures;
}

const lastOf = (vault: Vault): number =>
  vault.read.get<{ n: number }>(sql`SELECT max(position) AS n FROM letter`)?.n ?? 0;

/** A word that just fills a page in the smaller archive, one that a good part of the letters have, a part of one number. */
function questions({ vault }: Archive): { rare: string; common: string; piece: string } {
  const wordOf = (wanted: number): string =>
    vault.read.get<{ word: string }>(
      sql`SELECT word FROM search_word WHERE length(word) > 6 ORDER BY abs(n - ${wanted}), word LIMIT 1`,
    )?.word ?? '';
  const number = vault.read.get<{ number: string }>(
    sql`SELECT number FROM letter WHERE position <= ${lastOf(vault) / 2} AND state = 'signed' AND security = 'biasa'
      ORDER BY position DESC LIMIT 1`,
  )?.number;
  const piece = squeeze(number ?? '').slice(3, 7);
  return { rare: wordOf(25), common: wordOf(few / 3), piece };
}

/** The search with its scopes, asked by who sees all, against the bare index; both read the letters that they found. */
async function againstBare(archive: Archive): Promise<Figure[]> {
  const { vault, bare, askers } = archive;
  const { archivist } = askers;
  const { rare, common, piece } = questions(archive);
  const rows = (positions: readonly number[]): unknown => lettersAt(vault.read, archivist, positions);
  const pairs: readonly (readonly [string, string, () => unknown])[] = [
    ['rare word', rare, () => rows(bare.words(rare, hits))],
    ['common word', common, () => rows(bare.words(common, hits))],
    ['part of a number', piece, () => rows(bare.numbers(piece, hits))],
  ];
  const figures: Figure[] = [];
  for (const [name, query, peer] of pairs) {
    const [here, there] = await timed([searching({ query, filters: {} })(archive, archivist), peer]);
    if (here && there)
      figures.push(
        figure('archive', `${name}, ${many} letters`, here, {
          peer: 'bare FTS5',
          sample: there,
          bar: bars.bare,
        }),
      );
  }
  return figures;
}

function size({ vault, bare }: Archive): Figure[] {
  const bytes = vault.read.get<{ n: number }>(
    sql`SELECT sum(pgsize) AS n FROM dbstat WHERE aggregate = TRUE
      AND (name LIKE 'search%' OR name LIKE 'sqlite_autoindex_search%')`,
  )?.n;
  const megabytes = (value: number): Sample => sampleOf([value / 1_048_576]);
  return [
    figure(
      'archive',
      `search index on disk, ${many} letters`,
      megabytes(bytes ?? Number.NaN),
      { peer: 'its text', sample: megabytes(bare.textBytes), bar: bars.size },
      'MB',
    ),
  ];
}
