import { parseArgs } from 'node:util';
import { archiveSuite } from './archive.ts';
import { startSuite } from './start.ts';
import { outgoingSuite } from './outgoing.ts';
import { signSuite } from './sign.ts';
import { typesetSuite } from './typeset.ts';
import { verifySuite } from './verify.ts';
import { vaultSuite } from './vault.ts';
import type { Figure } from './measure.ts';

/**
 * `npm run bench [-- SUITE…] [--json]`: figures as ratios within one run, because the machines are shared and
 * noisy. A ratio that falls short of its bar makes the exit code 1; absolute times are only printed.
 */
const suites: Readonly<Record<string, () => Promise<Figure[]>>> = {
  archive: archiveSuite,
  outgoing: outgoingSuite,
  sign: signSuite,
  typeset: typesetSuite,
  start: startSuite,
  vault: vaultSuite,
  verify: verifySuite,
};
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const chosen = positionals.length > 0 ? positionals : Object.keys(suites);
let short = 0;

for (const name of chosen) {
  const suite = suites[name];
  if (!suite) {
    console.error(`Unknown suite: ${name}. There are: ${Object.keys(suites).join(', ')}`);
    process.exit(64);
  }
  for (const figure of await suite()) {
    if (!figure.holds) short += 1;
    console.log(values.json ? JSON.stringify(figure) : readable(figure));
  }
}
process.exitCode = short === 0 ? 0 : 1;

function readable(figure: Figure): string {
  const ratio = figure.ratio === null ? '' : `  ${figure.ratio.toFixed(2)} × ${figure.peer ?? ''}`;
  const bar = figure.bar === null ? '' : `  (bar ${figure.bar} ×: ${figure.holds ? 'holds' : 'FALLS SHORT'})`;
  return `${figure.suite.padEnd(8)} ${figure.case.padEnd(44)} ${figure.median.toFixed(3).padStart(10)} ${figure.unit}  p95 ${figure.p95.toFixed(3)}  n ${figure.n}${ratio}${bar}`;
}
