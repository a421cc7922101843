import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { electronBinary } from '../host/electron-binary.ts';
import { requirePrograms } from './requirements.ts';
import { bin, ensureBuilt, root, run, show } from './run.ts';

/**
 * `npm test`: the checks, then every runner, then one line over all of them. A skipped test is listed by name with
 * its reason and never counted as passed.
 */
interface Count {
  passed: number;
  failed: number;
  readonly skipped: string[];
  /** Passed only when tried again. */
  readonly flaky: string[];
}

const results = join(root, 'test-results');
const total: Count = { passed: 0, failed: 0, skipped: [], flaky: [] };

function readJson(name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(results, name), 'utf8'));
  } catch {
    return null;
  }
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function countVitest(code: number): void {
  const report = readJson('unit.json') as VitestReport | null;
  let seen = 0;
  let failed = 0;
  for (const file of report?.testResults ?? []) {
    for (const test of file.assertionResults) {
      seen += 1;
      if (test.status === 'passed') total.passed += 1;
      else if (test.status === 'failed') failed += 1;
      else total.skipped.push(test.fullName);
    }
  }
  // A file that does not even load has no tests to fail; the runner's exit code still says so.
  if (code !== 0 && failed === 0) failed = 1;
  if (seen === 0) failed = Math.max(failed, 1);
  total.failed += failed;
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

function countPlaywright(code: number): void {
  const report = readJson('e2e.json') as PlaywrightSuite | null;
  let seen = 0;
  let failed = 0;
  const walk = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        seen += 1;
        const reason = test.annotations.find((one) => one.type === 'skip')?.description ?? 'no reason given';
        if (test.status === 'flaky') total.flaky.push(spec.title);
        if (test.status === 'expected' || test.status === 'flaky') total.passed += 1;
        else if (test.status === 'skipped') total.skipped.push(`${spec.title} (${reason})`);
        else failed += 1;
      }
    }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  if (report) walk(report);
  if (seen === 0 || (code !== 0 && failed === 0)) failed = Math.max(failed, 1);
  total.failed += failed;
}

function countSmoke(): void {
  const done = run(process.execPath, [join(root, 'test/tools/package-smoke.ts')]);
  process.stdout.write(done.stdout);
  process.stderr.write(done.stderr);
  const line = /^package smoke: (\d+) passed, (\d+) failed$/m.exec(done.stdout);
  total.passed += Number(line?.[1] ?? 0);
  total.failed += Number(line?.[2] ?? 1);
  if (done.code !== 0 && line?.[2] === '0') total.failed += 1;
}

function section(title: string): void {
  console.log(`\n== ${title} ==`);
}

section('what the tests stand on');
if (!requirePrograms()) process.exit(1);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

section('check');
if (show(process.execPath, [join(root, 'test/tools/check.ts')]) === 0) total.passed += 1;
else total.failed += 1;

section('build');
ensureBuilt();

section('unit, contract, security, interop, fuzz');
countVitest(
  show(bin('vitest'), [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${join(results, 'unit.json')}`,
  ]),
);

section('end to end');
console.log(`runs on: ${electronBinary() === null ? 'the stand-in for Electron (test/host)' : 'Electron'}`);
countPlaywright(show(bin('playwright'), ['test']));

section('package smoke');
countSmoke();

if (total.skipped.length > 0) {
  section('skipped, by name');
  for (const name of total.skipped) console.log(`skipped: ${name}`);
}
for (const name of total.flaky) console.log(`passed on the second try: ${name}`);
console.log(`\ntests: ${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
