import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import type { Signer } from '../../src/main/core/pki/index.ts';
import { signAtLevel } from '../../src/main/core/signing/index.ts';
import type { ValidationServices } from '../../src/main/core/signing/index.ts';
import { startAuthorities } from '../fixtures/authorities.ts';
import type { Authorities, Party } from '../fixtures/authorities.ts';
import { pem } from '../fixtures/pki.ts';
import { allCells, keyKinds, pairwiseCells, shapeNames } from './matrix/cells.ts';
import type { Cell, Digest, KeyName, ShapeName } from './matrix/cells.ts';
import { expectedOf } from './matrix/exceptions.ts';
import { inputOf } from './matrix/inputs.ts';
import type { Input } from './matrix/inputs.ts';
import { mutool, opensslCms, ours, pdfsig, qpdf } from './matrix/judges.ts';

/**
 * Every level with every key, digest and shape of file, each cell judged by our verifier, poppler, OpenSSL, qpdf and
 * mupdf. `npm run matrix` takes all of them; `npm test` so few that every pair of values still meets.
 */
const full = process.env['ELETTER_MATRIX'] === 'full';
const cells = full ? allCells() : pairwiseCells();

let folder: string;
let world: Authorities;
let services: ValidationServices;
let rootFile: string;
const parties = new Map<KeyName, Party>();
const inputs = new Map<ShapeName, Input>();

function newKeys(kind: KeyName): NonNullable<Parameters<Authorities['issue']>[0]['keys']> {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  if (kind.startsWith('p-')) return generateKeyPairSync('ec', { namedCurve: kind.toUpperCase() });
  return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-matrix-'));
  world = await startAuthorities();
  rootFile = join(folder, 'root.pem');
  writeFileSync(rootFile, pem('CERTIFICATE', world.root.certificate));
  for (const kind of keyKinds) {
    // a key is a key, whichever padding it is used with
    const same = kind.startsWith('pss-') ? parties.get(`rsa-${kind.slice(4)}` as KeyName) : undefined;
    parties.set(kind, same ?? world.issue({ name: `Pemegang ${kind}`, keys: newKeys(kind) }));
  }
  const other = world.issue({ name: 'Orang Lain', rsa: true });
  for (const shape of shapeNames) inputs.set(shape, await inputOf(shape, folder, other));
  let stamping: Promise<unknown> = Promise.resolve();
  const lists = new Map<string, Promise<Uint8Array>>();
  const fetchList = async (url: string): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(url)).arrayBuffer());
  services = {
    timestamp(request) {
      // `openssl ts` counts in a file, so it is asked one at a time
      const answer = stamping.then(() => world.timestamps(Buffer.from(request)));
      stamping = answer.catch(() => undefined);
      return answer;
    },
    ocsp: (_, request) => world.ocspAnswer(Buffer.from(request)),
    crl(url) {
      const list = lists.get(url) ?? fetchList(url);
      lists.set(url, list);
      return list;
    },
    issuer: () => Promise.resolve([]),
    anchors: [parseCertificate(world.root.certificate)],
    now: () => new Date(),
  };
}, 120_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

function signerOf(key: KeyName, digest: Digest): Signer {
  const party = parties.get(key);
  if (!party) throw new Error(`no key ${key}`);
  const privateKey = party.key.export({ type: 'pkcs8', format: 'der' });
  const wish = { digest, pss: key.startsWith('pss-') };
  return signerFromPkcs8(privateKey, party.certificate, [world.issuing.certificate], wish);
}

async function verdicts({ level, key, digest, shape }: Cell, index: number): Promise<object> {
  const input = inputs.get(shape);
  if (!input) throw new Error(`no file ${shape}`);
  const signed = await signAtLevel(
    input.bytes,
    {
      signer: signerOf(key, digest),
      time: new Date(),
      ...(input.field === undefined ? {} : { field: input.field }),
      password: input.password ?? null,
    },
    level,
    services,
  );
  const path = join(folder, `cell-${index}`);
  writeFileSync(`${path}.pdf`, signed.pdf);
  const seen = { path, bytes: signed.pdf, input, level, root: world.root.certificate, rootFile };
  const [own, poppler, cms, structure, mupdf] = await Promise.all([
    ours(seen),
    pdfsig(seen),
    opensslCms(seen),
    qpdf(seen),
    mutool(seen),
  ]);
  for (const end of ['pdf', 'cms', 'covered']) rmSync(`${path}.${end}`, { force: true });
  return { ours: own, pdfsig: poppler, openssl: cms, qpdf: structure, mutool: mupdf };
}

describe('the matrix', () => {
  it(`has ${cells.length} cells`, () => {
    expect(allCells()).toHaveLength(4 * (9 * 3 + 1) * shapeNames.length);
    expect(cells.length).toBeGreaterThanOrEqual(keyKinds.length * shapeNames.length);
  });

  it.concurrent.each(cells.map((cell, index) => [Object.values(cell).join(', '), cell, index] as const))(
    '%s',
    async (_, cell, index) => {
      expect(await verdicts(cell, index)).toEqual(expectedOf(cell));
    },
  );
});
