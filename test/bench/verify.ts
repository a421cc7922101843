import { spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, sign as rsaSign } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendUpdate,
  array,
  dict,
  name,
  nextObjectNumber,
  parsePdf,
  ref,
  stream,
  withEntries,
} from '../../src/main/core/pdf/index.ts';
import { createTestIdentity, signerFromPkcs8 } from '../../src/main/core/pki/index.ts';
import type { Signer } from '../../src/main/core/pki/index.ts';
import { signPdf, signPdfFile } from '../../src/main/core/signing/index.ts';
import { createTypesetter } from '../../src/main/core/typesetting/index.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import type { VerificationReport } from '../../src/main/core/contract/verification.ts';
import { writeLargePdf } from '../fixtures/large-pdf.ts';
import { sampleLetter } from '../fixtures/letters.ts';
import { onPath, root } from '../tools/run.ts';
import { figure, inTurns, processorTimes, sampleOf, type Figure } from './measure.ts';

/** Verifying, against the least it could cost (one RSA operation, one digest) and against the usual program. */
export async function verifySuite(): Promise<Figure[]> {
  const now = new Date();
  const person = { commonName: 'Bench', organisation: 'Bench', unit: 'Bench' };
  const identity = await createTestIdentity(person, now);
  const signer = signerFromPkcs8(identity.privateKey, identity.certificate, identity.chain);
  const trust = identity.chain.map((der) => ({ der, psre: false }));
  const verify = async (bytes: Uint8Array): Promise<VerificationReport> => {
    const at = now.toISOString();
    const report = await verifyPdf({ file: 'x.pdf', bytes, trust, at, language: 'en', password: null });
    if (report.conclusion !== 'TOTAL-PASSED') throw new Error(JSON.stringify(report.signatures[0]?.problems));
    return report;
  };
  const key = createPrivateKey({ key: Buffer.from(identity.privateKey), format: 'der', type: 'pkcs8' });
  const typesetter = createTypesetter({ resourcesDir: join(root, 'resources') });
  const letter = sampleLetter(1);
  const { pdf } = typesetter.typeset({ letter, profile: null, createdAt: '2026-11-22T00:00:00Z' });
  const signed = await signPdf(pdf, { signer, time: now });
  const folder = mkdtempSync(join(tmpdir(), 'eletter-bench-'));
  try {
    return [
      ...(await oneLetter(signed, verify, key)),
      ...(await manyRevisions(signed, signer, now, verify)),
      ...(await largeFile(folder, signer, now, verify)),
      ...besidePdfsig(folder, signed, await timesOf(() => verify(signed), 60)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Verify = (bytes: Uint8Array) => Promise<VerificationReport>;

async function timesOf(work: () => Promise<unknown>, rounds: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

async function oneLetter(
  signed: Uint8Array,
  verify: Verify,
  key: ReturnType<typeof createPrivateKey>,
): Promise<Figure[]> {
  const attributes = Buffer.alloc(300, 1);
  const works = [() => verify(signed), () => rsaSign('sha256', attributes, key)];
  const [ours, bare] = await processorTimes(works, 40, 25);
  if (!ours || !bare) return [];
  const title = `1-page letter, ${(signed.length / 1024).toFixed(0)} KB, B-B (processor time)`;
  return [
    figure('verify', title, ours, { peer: 'node:crypto RSA-2048 sign', sample: bare, bar: 5 }),
    figure('verify', 'node:crypto RSA-2048 sign', bare),
  ];
}

/** Evidence upon evidence behind one signature, and signature upon signature. */
async function manyRevisions(
  signed: Uint8Array,
  signer: Signer,
  time: Date,
  verify: Verify,
): Promise<Figure[]> {
  const revisions = (count: number): Uint8Array => {
    let bytes = signed;
    for (let index = 0; index < count; index++) bytes = withEvidence(bytes);
    return bytes;
  };
  let many = signed;
  for (let count = 1; count < 51; count++) many = await signPdf(many, { signer, time });
  const [few, lots] = [revisions(50), revisions(400)];
  const [one, all] = await inTurns([() => verify(signed), () => verify(many)], 25, 8);
  const [fifty, fourHundred] = await processorTimes([() => verify(few), () => verify(lots)], 10, 3);
  if (!one || !all || !fifty || !fourHundred) return [];
  return [
    figure('verify', '51 signatures', all, { peer: 'one', sample: one, bar: 60 }),
    figure('verify', '50 revisions behind it (processor time)', fifty),
    // eight times as many; what grew with their square would take 64 times as long
    figure('verify', '400 revisions behind it (processor time)', fourHundred, {
      peer: '50',
      sample: fifty,
      bar: 10,
    }),
  ];
}

function withEvidence(bytes: Uint8Array): Uint8Array {
  const file = parsePdf(bytes);
  const num = nextObjectNumber(file);
  const root = file.catalog();
  if (!root?.ref) throw new Error('no catalog');
  return appendUpdate(file, {
    objects: [
      { num, value: stream({}, Buffer.alloc(600, num % 251)) },
      {
        num: root.ref.num,
        value: withEntries(root.dict, { DSS: dict({ Type: name('DSS'), Certs: array(ref(num)) }) }),
      },
    ],
  }).bytes;
}

async function largeFile(folder: string, signer: Signer, time: Date, verify: Verify): Promise<Figure[]> {
  const [input, output] = [join(folder, 'input.pdf'), join(folder, 'output.pdf')];
  writeLargePdf(input, 100, 2_000_000);
  await signPdfFile(input, output, { signer, time });
  const bytes = new Uint8Array(readFileSync(output));
  const [ours, bare] = await inTurns(
    [() => verify(bytes), () => createHash('sha256').update(bytes).digest()],
    9,
    2,
  );
  if (!ours || !bare) return [];
  const title = `a file of ${(bytes.length / 1e6).toFixed(0)} MB`;
  return [
    figure('verify', title, ours, { peer: 'SHA-256 of the same', sample: bare, bar: 1.5 }),
    figure('verify', 'SHA-256 of the same', bare),
  ];
}

const files = 1_000;
const peerFiles = 40;

/** The program that Linux desktops verify with, one process for each file. Nothing where it is missing. */
function besidePdfsig(folder: string, signed: Uint8Array, ours: readonly number[]): Figure[] {
  if (!onPath('pdfsig')) return [];
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  const first = join(archive, '0.pdf');
  writeFileSync(first, signed);
  for (let index = 1; index < files; index++) copyFileSync(first, join(archive, `${index}.pdf`));
  const time = (program: string, args: readonly string[], codes: readonly number[]): number => {
    const began = performance.now();
    const done = spawnSync(program, [...args], { maxBuffer: 64 * 1_048_576 });
    if (!codes.includes(done.status ?? -1)) throw new Error(`${program}: ${String(done.stderr)}`);
    return performance.now() - began;
  };
  // without its certificate store it need not look anybody up, which only helps it
  const peer = Array.from({ length: peerFiles }, () => time('pdfsig', ['-nocert', first], [0, 1]));
  const command = [join(root, 'out/main/cli.js'), 'verify', archive, '--json'];
  // INDETERMINATE: nobody in this machine's trust list signed it
  const batches = Array.from({ length: 3 }, () => time(process.execPath, command, [2]) / files);
  const theirs = sampleOf(peer);
  return [
    figure('verify', 'the same letter', sampleOf(ours), {
      peer: 'one pdfsig process',
      sample: theirs,
      bar: 1 / 5,
    }),
    figure('verify', `each of ${files} files through one command`, sampleOf(batches), {
      peer: 'one pdfsig process',
      sample: theirs,
      bar: 1 / 3,
    }),
    figure('verify', 'one pdfsig process', theirs),
  ];
}
