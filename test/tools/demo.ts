import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineCalls } from '../../src/main/core/contract/api.ts';
import { startLocalEngine } from '../../src/main/engine/local.ts';
import { administrator, colleague, letterContent, letterhead } from '../fixtures/engine.ts';
import { contentsOf } from '../fixtures/signed-bytes.ts';
import { onPath, root, run } from './run.ts';

/**
 * `npm run demo`: the whole path without a window, on a sample letter in a temporary folder: vault → people →
 * identity → draft → typeset → sign → keep → announce → verify, each step with its time, and the result checked by
 * programs that are not ours, where they are installed.
 */
const folder = mkdtempSync(join(tmpdir(), 'eletter-demo-'));
const passphrases = {
  account: 'demo: sandi akun',
  signing: 'demo: sandi tanda tangan',
  initial: 'demo: sandi awal',
};
let failures = 0;

const announced: string[] = [];
const engine = startLocalEngine({
  dataDir: join(folder, 'data'),
  resourcesDir: join(root, 'resources'),
  version: 'demo',
  poolEntry: join(root, 'src/main/engine/pool-process.ts'),
  onEvent: (event) => {
    if (event.type === 'announce') announced.push(...event.notices.map((notice) => notice.subject));
  },
});
mkdirSync(join(folder, 'data'));

async function ask<N extends keyof EngineCalls>(
  name: N,
  input: EngineCalls[N]['input'],
): Promise<EngineCalls[N]['output']> {
  const result = await engine.app.call(name, input);
  if (!result.ok)
    throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.params ?? {})}`);
  return result.value;
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const value = await work();
  console.log(`${title.padEnd(58)} ${(performance.now() - began).toFixed(0).padStart(6)} ms`);
  return value;
}

function outside(
  program: string,
  args: readonly string[],
  good: (said: string, code: number) => boolean,
): void {
  if (!onPath(program)) {
    console.log(`${program.padEnd(58)} not installed, not asked`);
    return;
  }
  const done = run(program, args);
  const verdict = good(done.stdout + done.stderr, done.code);
  if (!verdict) failures += 1;
  console.log(
    `${`${program} ${args[0] ?? ''}`.padEnd(58)} ${verdict ? 'agrees' : `DISAGREES:\n${done.stdout}${done.stderr}`}`,
  );
}

try {
  const { policyVersion } = await ask('app.status', {});
  await step('first run: policy acknowledged, encrypted vault made', () =>
    ask('vault.create', {
      language: 'id',
      policyVersion,
      person: administrator,
      letterhead,
      accountPassphrase: passphrases.account,
      signingPassphrase: passphrases.signing,
    }),
  );
  const second = await step('a second person added', () =>
    ask('people.add', {
      person: colleague,
      roles: ['drafter', 'signer'],
      initialPassphrase: passphrases.initial,
    }),
  );
  const identity = await step('test identity made, key under the signing passphrase', () =>
    ask('identity.createTest', { signingPassphrase: passphrases.signing }),
  );
  await step('its one-off root trusted by the administrator', () =>
    ask('trust.addOwn', { identityId: identity.id }),
  );
  const draft = await step('draft written and saved', async () => {
    const made = await ask('letters.create', { kind: 'surat-dinas' });
    const content = letterContent('Laporan bulanan layanan surat elektronik', second.accountId);
    const saved = await ask('letters.saveDraft', { id: made.id, revision: made.revision, content });
    return { id: made.id, revision: saved.revision };
  });
  const preview = await step('preview typeset (cold typesetter)', () =>
    ask('letters.preview', { id: draft.id }),
  );
  if (preview.problems.length > 0) throw new Error(`preview: ${JSON.stringify(preview.problems)}`);
  const signed = await step('number reserved, typeset, signed, kept', () =>
    ask('letters.sign', { ...draft, signingPassphrase: passphrases.signing }),
  );
  console.log(`  number ${signed.number}, ${signed.date}, delivered to ${signed.delivered}`);

  const document = await engine.app.signedPdf(draft.id, 'demo');
  if (!document.ok) throw new Error(document.error.code);
  const pdf = join(folder, 'surat-tertanda.pdf');
  writeFileSync(pdf, document.value.pdf);

  const report = await step('verified', () => ask('letters.verify', { id: draft.id }));
  console.log(
    `  ${report.conclusion}, ${report.signatures[0]?.level ?? '-'}, ${report.signatures[0]?.signer?.subject ?? '-'}`,
  );
  if (report.conclusion !== 'TOTAL-PASSED') failures += 1;

  const altered = Buffer.from(document.value.pdf);
  altered.writeUInt8(altered.readUInt8(300) ^ 1, 300);
  const forged = await step('one bit changed, verified again', () =>
    ask('verify.file', { name: 'surat-diubah.pdf', bytes: altered, password: null }),
  );
  console.log(`  ${forged.conclusion}`);
  if (forged.conclusion === 'TOTAL-PASSED' || forged.conclusion === 'NO-SIGNATURE') failures += 1;

  await step('the second person signs in, activates the account', async () => {
    await ask('vault.unlock', { accountId: second.accountId, passphrase: passphrases.initial });
    await ask('people.activate', {
      policyVersion,
      language: 'id',
      accountPassphrase: `${passphrases.account} 2`,
      signingPassphrase: `${passphrases.signing} 2`,
    });
  });
  const before = await ask('home.counters', {});
  await ask('letters.markRead', { id: draft.id });
  const after = await ask('home.counters', {});
  console.log(
    `  announced: ${announced.join(', ')}; unread ${before.incomingUnread} → ${after.incomingUnread}`,
  );
  if (announced.length !== 1 || before.incomingUnread !== 1 || after.incomingUnread !== 0) failures += 1;

  console.log('\nChecked by others:');
  const root509 = (await import('../../src/main/core/pki/index.ts')).parseSignedData(
    contentsOf(readFileSync(pdf)).contents,
  );
  const rootDer = root509.certificates.find((der) => new X509Certificate(der).ca);
  const rootPem = join(folder, 'root.pem');
  if (rootDer) writeFileSync(rootPem, new X509Certificate(rootDer).toString());
  const { contents, covered } = contentsOf(readFileSync(pdf));
  writeFileSync(join(folder, 'signature.der'), contents);
  writeFileSync(join(folder, 'covered.bin'), covered);
  outside('qpdf', ['--check', pdf], (_said, code) => code === 0);
  outside('pdfsig', ['-nocert', pdf], (said) => /Signature is Valid/.test(said));
  outside(
    'openssl',
    [
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-in',
      join(folder, 'signature.der'),
      '-content',
      join(folder, 'covered.bin'),
      '-CAfile',
      rootPem,
      '-purpose',
      'any',
      '-out',
      '/dev/null',
    ],
    (said, code) => code === 0 && /successful/i.test(said),
  );

  console.log(`\nPDF:    ${pdf}\nsha256: ${createHash('sha256').update(document.value.pdf).digest('hex')}`);
} catch (error) {
  failures += 1;
  console.error(`The demo stopped: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await engine.close();
}
console.log(failures === 0 ? '\nAll steps done.' : `\n${failures} step(s) failed.`);
process.exitCode = failures === 0 ? 0 : 1;
