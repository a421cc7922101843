import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type {
  EngineCalls,
  SignatureLevel,
  ToolSignOptions,
  VerificationReport,
} from '../../src/main/core/contract/index.ts';
import { parsePdf, signatureFields } from '../../src/main/core/pdf/index.ts';
import { parseSignedData } from '../../src/main/core/pki/index.ts';
import { existingSignatures } from '../../src/main/core/signing/existing.ts';
import { readSecurityStore } from '../../src/main/core/signing/security-store.ts';
import { listen, send, startAuthorities } from '../fixtures/authorities.ts';
import type { Authorities, Party } from '../fixtures/authorities.ts';
import { testApp } from '../fixtures/engine.ts';
import type { TestApp } from '../fixtures/engine.ts';
import { pem } from '../fixtures/pki.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import type { InputKind } from '../fixtures/signing-input.ts';

/** B-T, B-LT and B-LTA with real peers on loopback, judged by other people's tools. */

let world: Authorities;
let app: TestApp;
let folder: string;
let siti: Party;
let input: Uint8Array;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eletter-levels-'));
  world = await startAuthorities();
  app = testApp({ dataDir: path('data') });
  siti = world.person('Siti Rahmawati', { rsa: true });
  input = await inputPdf('table');
  writeFileSync(path('root.pem'), pem('CERTIFICATE', world.root.certificate));
  writeFileSync(path('issuing.pem'), pem('CERTIFICATE', world.issuing.certificate));
}, 60_000);
afterAll(async () => {
  await app.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  world.behave();
  rmSync(path('data/cache'), { recursive: true, force: true });
});

const p12s = new Map<Party, Uint8Array>();

function p12Of(party: Party, withChain = true): Uint8Array {
  const known = p12s.get(party);
  if (known && withChain) return known;
  writeFileSync(path('who.pem'), pem('CERTIFICATE', party.certificate));
  writeFileSync(path('who.key'), party.key.export({ type: 'pkcs8', format: 'pem' }));
  const chain = withChain ? ['-certfile', path('issuing.pem')] : [];
  const files = ['-in', path('who.pem'), '-inkey', path('who.key'), '-out', path('who.p12')];
  execFileSync('openssl', ['pkcs12', '-export', ...files, ...chain, '-passout', 'pass:rahasia']);
  const made = new Uint8Array(readFileSync(path('who.p12')));
  if (withChain) p12s.set(party, made);
  return made;
}

type SignInput = EngineCalls['tool.sign']['input'];

function request(
  level: SignatureLevel,
  more: Partial<Omit<SignInput, 'options'>> & { options?: Partial<ToolSignOptions> } = {},
): SignInput {
  const options: ToolSignOptions = {
    level,
    tsa: world.tsaUrl,
    field: null,
    reason: null,
    location: null,
    certify: null,
    visible: null,
    ...more.options,
  };
  return {
    pdf: input,
    p12: p12Of(siti),
    passphrase: 'rahasia',
    trust: [world.root.certificate],
    ...more,
    options,
  };
}

const sign = (
  level: SignatureLevel,
  more: Parameters<typeof request>[1] = {},
): Promise<EngineCalls['tool.sign']['output']> => app.ask('tool.sign', request(level, more));

async function refusal(level: SignatureLevel, more: Parameters<typeof request>[1] = {}): Promise<string> {
  const result = await app.engine.app.call('tool.sign', request(level, more));
  if (result.ok) throw new Error('went through');
  return [result.error.code, result.error.params?.['reason']].filter(Boolean).join(' ');
}

function stampsIn(pdf: Uint8Array): { inCms: number; documents: number } {
  const all = existingSignatures(parsePdf(pdf));
  const signatures = all.filter(({ kind }) => kind === 'signature');
  return {
    inCms: signatures.flatMap(
      ({ contents }) => parseSignedData(contents).signerInfos[0]?.signatureTimeStamps ?? [],
    ).length,
    documents: all.length - signatures.length,
  };
}

/** The byte range of each signature, as the file says it, with the token's or CMS's bytes. */
function pieces(pdf: Uint8Array, index: number): { covered: Buffer; contents: Uint8Array } {
  const found = existingSignatures(parsePdf(pdf))[index];
  if (!found) throw new Error(`no signature ${index}`);
  const text = Buffer.from(pdf);
  const hex = Buffer.from(found.contents).toString('hex').toUpperCase();
  const start = text.indexOf(`<${hex}>`);
  const end = start + hex.length + 2;
  return {
    covered: Buffer.concat([text.subarray(0, start), text.subarray(end, found.coveredEnd)]),
    contents: found.contents,
  };
}

/** DER without the padding of /Contents. */
function unpadded(der: Uint8Array): Buffer {
  const long = (der[1] ?? 0) & 0x7f;
  const length =
    (der[1] ?? 0) < 0x80
      ? (der[1] ?? 0)
      : Number(`0x${Buffer.from(der.subarray(2, 2 + long)).toString('hex')}`);
  return Buffer.from(der.subarray(0, ((der[1] ?? 0) < 0x80 ? 2 : 2 + long) + length));
}

function opensslTsVerify(token: Uint8Array, stamped: Uint8Array): string {
  writeFileSync(path('token'), unpadded(token));
  const digest = createHash('sha256').update(stamped).digest('hex');
  const args = ['ts', '-verify', '-token_in', '-in', path('token'), '-digest', digest];
  const done = spawnSync(
    'openssl',
    [...args, '-CAfile', path('root.pem'), '-untrusted', path('issuing.pem')],
    {
      encoding: 'utf8',
    },
  );
  return `${done.stdout}${done.stderr}`;
}

function expectCleanFile(pdf: Uint8Array): void {
  writeFileSync(path('out.pdf'), pdf);
  const qpdf = spawnSync('qpdf', ['--check', path('out.pdf')], { encoding: 'utf8' });
  expect(qpdf.stdout + qpdf.stderr).toContain('No syntax or stream encoding errors found');
  expect(qpdf.status).toBe(0);
}

const verified = (bytes: Uint8Array): Promise<VerificationReport> =>
  app.ask('tool.verify', {
    file: 'out.pdf',
    bytes,
    trust: [world.root.certificate],
    at: null,
    language: 'en',
    password: null,
  });

/** What came after each signature is security stores and document timestamps, which any signature permits. */
function expectUnchanged({ signatures }: VerificationReport): void {
  for (const { integrity, changesAfter } of signatures) {
    expect(integrity).toBe(true);
    expect(['none', 'permitted']).toContain(changesAfter);
  }
}

describe('levels', () => {
  it.each<[InputKind, SignatureLevel, { inCms: number; documents: number }]>([
    ['table', 't', { inCms: 1, documents: 0 }],
    ['table', 'lt', { inCms: 1, documents: 0 }],
    ['table', 'lta', { inCms: 1, documents: 1 }],
    ['stream', 'lta', { inCms: 1, documents: 1 }],
    ['hybrid', 'lta', { inCms: 1, documents: 1 }],
  ])('cross-reference %s, level %s: reached, and other tools agree', async (shape, level, stamps) => {
    const pdf = await inputPdf(shape);
    const signed = await sign(level, { pdf });
    expect(signed).toMatchObject({ level, lowering: null });
    expect(Buffer.from(signed.pdf.subarray(0, pdf.length)).equals(Buffer.from(pdf))).toBe(true);
    expect(stampsIn(signed.pdf)).toEqual(stamps);
    expectCleanFile(signed.pdf);

    // the signature and both kinds of timestamp by openssl
    const { covered, contents } = pieces(signed.pdf, 0);
    writeFileSync(path('cms'), unpadded(contents));
    writeFileSync(path('covered'), covered);
    const cms = spawnSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        path('cms'),
        '-content',
        path('covered'),
        '-binary',
        '-cades',
      ].concat(['-CAfile', path('root.pem'), '-purpose', 'any', '-out', '/dev/null']),
      { encoding: 'utf8' },
    );
    expect(cms.stderr).toContain('CAdES Verification successful');
    const [info] = parseSignedData(contents).signerInfos;
    const [token] = info?.signatureTimeStamps ?? [];
    if (!info || !token) throw new Error('no timestamp');
    expect(opensslTsVerify(token, info.signature)).toContain('Verification: OK');
    expect(opensslTsVerify(token, Buffer.from('something else'))).toContain('message imprint mismatch');
    if (level === 'lta') {
      const document = pieces(signed.pdf, 1);
      expect(document.covered.length).toBe(signed.pdf.length - document.contents.length * 2 - 2);
      expect(opensslTsVerify(document.contents, document.covered)).toContain('Verification: OK');
    }

    // pdfsig judges the signature; document timestamps it cannot (SIGNATURES, "Traps")
    const pdfsig = spawnSync('pdfsig', ['-nocert', path('out.pdf')], { encoding: 'utf8' });
    expect(pdfsig.stdout).toContain('Signature Validation: Signature is Valid.');

    // and our own verifier
    const report = await verified(signed.pdf);
    expect(report.signatures[0]).toMatchObject({ level: `B-${level.toUpperCase()}`, integrity: true });
    expect(report.conclusion).toBe(level === 't' ? 'INDETERMINATE' : 'TOTAL-PASSED');
    expectUnchanged(report);
  });
});

it('B-LT holds certificates and answers for both chains, each once, and lists them for the signature', async () => {
  const { pdf } = await sign('lt');
  const stored = readSecurityStore(parsePdf(pdf));
  const ders = [siti, world.tsa, world.issuing, world.root, world.responder].map(
    ({ certificate }) => certificate,
  );
  const hex = (list: readonly Uint8Array[]): string[] =>
    list.map((der) => Buffer.from(der).toString('hex')).toSorted();
  expect(hex(stored.certificates)).toEqual(hex(ders));
  expect(stored.ocsps).toHaveLength(2);
  expect(stored.crls).toHaveLength(1);

  const file = parsePdf(pdf);
  const [field] = signatureFields(file);
  const contents = file.get(field?.value, 'Contents');
  if (typeof contents !== 'object' || contents?.kind !== 'string') throw new Error('no contents');
  const key = createHash('sha1').update(contents.bytes).digest('hex').toUpperCase();
  const entry = file.get(file.get(file.get(file.catalog()?.dict, 'DSS'), 'VRI'), key);
  expect(file.get(entry, 'Cert')).toMatchObject({ items: { length: 5 } });
  expect(file.get(entry, 'OCSP')).toMatchObject({ items: { length: 2 } });
  expect(file.get(entry, 'CRL')).toMatchObject({ items: { length: 1 } });

  // what is stored is what openssl accepts
  for (const [index, der] of stored.ocsps.entries()) {
    writeFileSync(path('ocsp.der'), der);
    const args = [
      'ocsp',
      '-respin',
      path('ocsp.der'),
      '-CAfile',
      path('root.pem'),
      '-issuer',
      path('issuing.pem'),
    ];
    const done = spawnSync('openssl', [...args, '-verify_other', path('issuing.pem')], { encoding: 'utf8' });
    expect(done.stderr, String(index)).toContain('Response verify OK');
  }
});

it('signs again on top of a B-LTA file: the store grows, nothing is written twice', async () => {
  const first = await sign('lta');
  const second = await sign('lta', { pdf: first.pdf, p12: p12Of(world.person('Budi Santoso')) });
  expect(second).toMatchObject({ level: 'lta', lowering: null });
  expect(Buffer.from(second.pdf.subarray(0, first.pdf.length)).equals(Buffer.from(first.pdf))).toBe(true);
  expect(stampsIn(second.pdf)).toEqual({ inCms: 2, documents: 2 });
  const [before, after] = [first, second].map(({ pdf }) => readSecurityStore(parsePdf(pdf)));
  expect(after?.certificates.length).toBe((before?.certificates.length ?? 0) + 1);
  expectCleanFile(second.pdf);
});

it('a certified file takes security store and document timestamp', async () => {
  const signed = await sign('lta', { options: { certify: 'no-changes' } });
  expect(signed).toMatchObject({ level: 'lta', lowering: null });
  expectCleanFile(signed.pdf);
  const report = await verified(signed.pdf);
  expect(report).toMatchObject({ conclusion: 'TOTAL-PASSED', signatures: [{ docMdp: 1 }, {}] });
  expectUnchanged(report);
});

it('fetches the issuer that the key file does not carry', async () => {
  const party = world.person('Tanpa Rantai', { issuerUrl: true });
  const p12 = p12Of(party, false);
  expect(await sign('lt', { p12 })).toMatchObject({ level: 'lt', lowering: null });
  world.misbehave('issuer', (_, response) => void response.destroy());
  expect(await sign('lt', { p12 })).toMatchObject({ level: 't', lowering: { code: 'ISSUER_UNREACHABLE' } });
});

it('asks an `openssl ocsp` that stands on its own port', async () => {
  const idle = createServer();
  const port = await listen(idle);
  await new Promise((resolve) => idle.close(resolve));
  const party = world.issue({ name: 'Lewat porta', ocspUrl: `http://127.0.0.1:${port}/`, crlUrl: '' });
  const at = (name: string): string => join(world.folder, name);
  const who = ['-CA', at('issuing/ca.pem'), '-rsigner', at('ocsp.pem'), '-rkey', at('ocsp.key')];
  const args = ['ocsp', '-port', String(port), '-index', at('issuing/index.txt'), '-nmin', '60', ...who];
  const server = spawn('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (line: Buffer) => line.includes('waiting') && resolve());
      server.once('exit', () => reject(new Error('openssl ocsp did not start')));
    });
    const signed = await sign('lt', { p12: p12Of(party) });
    expect(signed).toMatchObject({ level: 'lt', lowering: null });
    expect(readSecurityStore(parsePdf(signed.pdf)).ocsps).toHaveLength(2);
  } finally {
    server.kill();
  }
});

describe('when somebody does not answer, the signature is kept at the level that was reached', () => {
  it.each([
    ['hangs up', 'tsa', 'lta', 'b', 'TSA_UNREACHABLE', 'UNREACHABLE'],
    ['is a portal', 'tsa', 't', 'b', 'TSA_UNREACHABLE', 'TYPE'],
    ['fails', 'tsa', 'lt', 'b', 'TSA_UNREACHABLE', 'STATUS_503'],
  ] as const)('the authority that %s', async (how, service, wanted, level, code, reason) => {
    world.misbehave(service, (_, response) => {
      if (how === 'hangs up') response.destroy();
      else if (how === 'is a portal') send(response, 'text/html', '<html>Masuk Wi-Fi</html>');
      else send(response, 'text/plain', 'rusak', 503);
    });
    const signed = await sign(wanted);
    expect(signed).toMatchObject({ level, lowering: { code, reason } });
    expect(stampsIn(signed.pdf)).toEqual({ inCms: 0, documents: 0 });
    expectCleanFile(signed.pdf);
  });

  it('the authority that declines', async () => {
    // PKIStatusInfo {rejection, systemFailure}
    world.misbehave('tsa', (_, response) =>
      send(response, 'application/timestamp-reply', Buffer.from('300c300a02010203050600000040', 'hex')),
    );
    expect(await sign('t')).toMatchObject({
      level: 'b',
      lowering: { code: 'TSA_DECLINED', reason: 'systemFailure' },
    });
  });

  it('the authority that is there once only', async () => {
    let calls = 0;
    world.misbehave('tsa', async (query, response) => {
      if (++calls > 1) response.destroy();
      else send(response, 'application/timestamp-reply', await world.timestamps(query));
    });
    expect(await sign('lta')).toMatchObject({ level: 'lt', lowering: { code: 'TSA_UNREACHABLE' } });
  });

  it('the responder, with the list as the other way, and both', async () => {
    world.misbehave('ocsp', (_, response) => void response.destroy());
    const byList = await sign('lt');
    expect(byList).toMatchObject({ level: 'lt', lowering: null });
    expect(readSecurityStore(parsePdf(byList.pdf))).toMatchObject({
      ocsps: { length: 0 },
      crls: { length: 2 },
    });
    rmSync(path('data/cache'), { recursive: true, force: true });
    world.misbehave('crl', (_, response) => void response.destroy());
    expect(await sign('lt')).toMatchObject({ level: 't', lowering: { code: 'REVOCATION_UNREACHABLE' } });
  });

  it('lists that were fetched before serve while nobody answers', async () => {
    await sign('lt', { p12: p12Of(world.person('Hanya Daftar', { ocsp: false })) });
    world.misbehave('crl', (_, response) => void response.destroy());
    const asked = world.asked.crl;
    expect(await sign('lt')).toMatchObject({ level: 'lt', lowering: null });
    expect(world.asked.crl).toBe(asked);
  });

  it('an issuer that offers nothing', async () => {
    const p12 = p12Of(world.person('Tanpa Alamat', { ocsp: false, crl: false }));
    expect(await sign('lta', { p12 })).toMatchObject({
      level: 't',
      lowering: { code: 'REVOCATION_NOT_OFFERED' },
    });
  });

  it.each([
    ['by somebody else', 'SIGNER'],
    ['for another nonce', 'NONCE'],
    ['an error', 'REFUSED'],
    ['garbage', 'UNREADABLE'],
  ])('an OCSP answer that is %s counts as none', async (how, reason) => {
    const p12 = p12Of(world.person(`OCSP ${how}`, { crl: false }));
    let kept: Buffer | null = null;
    world.misbehave('ocsp', async (query, response) => {
      let answer: Buffer = Buffer.from('30030a0106', 'hex');
      if (how === 'by somebody else') {
        const who = ['-rsigner', path('who.pem'), '-rkey', path('who.key'), '-nmin', '60'];
        answer = await world.ocspAnswer(query, who);
      }
      if (how === 'for another nonce') {
        kept ??= await world.ocspAnswer(query);
        // the first answer again, for a question that was asked later
        answer = kept;
      }
      if (how === 'garbage') answer = Buffer.from('3003020100', 'hex');
      send(response, 'application/ocsp-response', answer);
    });
    const signed = await sign('lt', { p12 });
    expect(signed).toMatchObject({ level: 't', lowering: { code: 'REVOCATION_UNUSABLE', reason } });
  });
});

describe('a lie is refused before anything is written', () => {
  const lying = (change: (query: Buffer) => Promise<Buffer> | Buffer): void =>
    world.misbehave('tsa', async (query, response) =>
      send(response, 'application/timestamp-reply', await world.timestamps(await change(query))),
    );

  it('wrong imprint', async () => {
    lying((query) => {
      const other = Buffer.from(query);
      const at = other.indexOf(Buffer.from('0420', 'hex')) + 2;
      other[at] = (other[at] ?? 0) ^ 1;
      return other;
    });
    expect(await refusal('t')).toBe('TIMESTAMP_REFUSED IMPRINT');
  });

  it('wrong nonce, and the answer to an earlier question', async () => {
    lying((query) => {
      const other = Buffer.from(query);
      const at = other.length - 4;
      other[at] = (other[at] ?? 0) ^ 1;
      return other;
    });
    expect(await refusal('t')).toBe('TIMESTAMP_REFUSED NONCE');
  });

  it('an authority that nobody here trusts', async () => {
    const stranger = world.issue({ name: 'CA Asing', ca: true });
    expect(await refusal('t', { trust: [stranger.certificate] })).toBe('TIMESTAMP_REFUSED UNTRUSTED');
  });

  it('an authority whose certificate is for something else, broken bytes, a broken signature', async () => {
    world.misbehave('tsa', (_, response) =>
      send(response, 'application/timestamp-reply', Buffer.from('3000', 'hex')),
    );
    expect(await refusal('t')).toBe('TIMESTAMP_REFUSED UNREADABLE');
    world.misbehave('tsa', async (query, response) => {
      const answer = await world.timestamps(query);
      answer[answer.length - 3] = (answer.at(-3) ?? 0) ^ 1;
      send(response, 'application/timestamp-reply', answer);
    });
    expect(await refusal('t')).toBe('TIMESTAMP_REFUSED SIGNATURE');
  });

  it('a revoked signer: by OCSP, and by list alone; the key is not used', async () => {
    const both = world.person('Dicabut');
    const listed = world.person('Dicabut Daftar', { ocsp: false });
    world.revoke(both);
    world.revoke(listed);
    const asked = world.asked.tsa;
    expect(await refusal('lt', { p12: p12Of(both) })).toBe('CERTIFICATE_REVOKED');
    expect(await refusal('lta', { p12: p12Of(listed) })).toBe('CERTIFICATE_REVOKED');
    expect(world.asked.tsa).toBe(asked);
  });

  it('a revoked timestamp authority', async () => {
    const old = world.tsa;
    const other = world.issue({
      name: 'TSA Dicabut',
      issuer: world.issuing,
      purpose: '1.3.6.1.5.5.7.3.8',
      usages: ['digitalSignature'],
    });
    world.replaceTsa(other);
    world.revoke(other);
    try {
      expect(await refusal('lt')).toBe('TIMESTAMP_REFUSED REVOKED');
    } finally {
      world.replaceTsa(old);
    }
  });

  it('a chain that leads nowhere', async () => {
    const orphan = world.person('Yatim');
    expect(await refusal('lt', { p12: p12Of(orphan, false) })).toBe('CHAIN_INCOMPLETE');
  });
});

describe('renewing', () => {
  const renew = (pdf: Uint8Array, withinDays = 100_000): Promise<EngineCalls['tool.renew']['output']> =>
    app.ask('tool.renew', {
      pdf,
      tsa: world.tsaUrl,
      trust: [world.root.certificate],
      withinDays,
      password: null,
    });

  it('a B-LTA file gets the data of its last authority and a new timestamp over it, again and again', async () => {
    const { pdf } = await sign('lta');
    expect(await renew(pdf, 30)).toMatchObject({ outcome: 'not-due' });
    let latest = pdf;
    for (const documents of [2, 3]) {
      const renewed = await renew(latest);
      if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
      expect(Buffer.from(renewed.pdf.subarray(0, latest.length)).equals(Buffer.from(latest))).toBe(true);
      expect(stampsIn(renewed.pdf)).toEqual({ inCms: 1, documents });
      const answers = (bytes: Uint8Array): number => readSecurityStore(parsePdf(bytes)).ocsps.length;
      expect(answers(renewed.pdf)).toBe(answers(latest) + 1);
      const newest = pieces(renewed.pdf, documents);
      expect(opensslTsVerify(newest.contents, newest.covered)).toContain('Verification: OK');
      expectCleanFile(renewed.pdf);
      latest = renewed.pdf;
    }
    const report = await verified(latest);
    expect(report).toMatchObject({
      conclusion: 'TOTAL-PASSED',
      signatures: [{ level: 'B-LTA' }, {}, {}, {}],
    });
    expectUnchanged(report);
  });

  it('completes what stayed at B-B because nobody answered', async () => {
    world.misbehave('tsa', (_, response) => void response.destroy());
    const { pdf } = await sign('lta');
    world.behave();
    const renewed = await renew(pdf, 0);
    if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
    expect(stampsIn(renewed.pdf)).toEqual({ inCms: 0, documents: 1 });
    expectCleanFile(renewed.pdf);
    expect(await verified(renewed.pdf)).toMatchObject({
      conclusion: 'TOTAL-PASSED',
      signatures: [{ level: 'B-LTA' }, {}],
    });
  });

  it('leaves a file alone that is unsigned, broken, of strangers, or due while nobody answers', async () => {
    expect(await renew(input)).toEqual({ outcome: 'unsigned' });
    const { pdf } = await sign('lta');
    const tampered = Uint8Array.from(pdf);
    tampered[300] = (tampered[300] ?? 0) ^ 1;
    const call = (bytes: Uint8Array, anchor: Party) =>
      app.engine.app.call('tool.renew', {
        pdf: bytes,
        tsa: world.tsaUrl,
        trust: [anchor.certificate],
        withinDays: 9_999,
        password: null,
      });
    expect(await call(tampered, world.root)).toMatchObject({ ok: false });
    const stranger = world.issue({ name: 'CA Asing Lain', ca: true });
    expect(await call(pdf, stranger)).toMatchObject({
      ok: false,
      error: { code: 'RENEWAL_REFUSED', params: { reason: 'CHAIN' } },
    });
    world.misbehave('tsa', (_, response) => void response.destroy());
    expect(await renew(pdf)).toMatchObject({ outcome: 'later', lowering: { code: 'TSA_UNREACHABLE' } });
  });

  it('a revocation after the proof does not touch what was signed before', async () => {
    const soon = world.person('Pensiun');
    const { pdf } = await sign('lta', { p12: p12Of(soon) });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    world.revoke(soon);
    expect(await renew(pdf)).toMatchObject({ outcome: 'renewed' });
  });
});
