import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { campaigns, runCampaign } from './campaign.ts';

/**
 * `npm run fuzz [-- --seed N] [--cases N] [--only WORD]`: the properties and the spoilt files in their long form.
 * The cases run in a process of their own, which is ended when one of them hangs; its memory is watched too.
 */
const hang = 20_000;
const memory = 1_000_000_000;
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261122' },
    cases: { type: 'string' },
    only: { type: 'string' },
    inside: { type: 'boolean' },
  },
});

if (values.inside) await inside();
else watch();

function watch(): void {
  const child = spawn(process.execPath, [import.meta.filename, ...process.argv.slice(2), '--inside'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = '';
  let hung = false;
  const timer = (): NodeJS.Timeout =>
    setTimeout(() => {
      hung = true;
      console.error(`nothing heard for ${hang / 1_000} s, last: ${last}`);
      child.kill('SIGKILL');
    }, hang * 3);
  let waiting = timer();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    clearTimeout(waiting);
    waiting = timer();
    for (const line of text.split('\n').filter(Boolean)) {
      if (line.startsWith('.')) last = line;
      else console.log(line);
    }
  });
  child.on('exit', (code) => {
    clearTimeout(waiting);
    process.exitCode = hung ? 1 : (code ?? 1);
  });
}

async function inside(): Promise<void> {
  let total = 0;
  let most = 0;
  for (const campaign of await campaigns()) {
    if (values.only && !campaign.name.includes(values.only)) continue;
    const cases = values.cases ? Number(values.cases) : campaign.cases;
    const began = performance.now();
    const outcome = await runCampaign(campaign, cases, Number(values.seed), Infinity, (done) => {
      most = Math.max(most, process.memoryUsage().rss);
      console.log(`. ${campaign.name}, case ${done}`);
    });
    total += outcome.cases;
    const seconds = (performance.now() - began) / 1_000;
    console.log(
      `${outcome.faults.length === 0 ? 'holds' : 'FAILS'}  ${campaign.name}: ${outcome.cases} cases in ${seconds.toFixed(0)} s, slowest ${outcome.slowest.toFixed(0)} ms, ${outcome.faults.length} faults`,
    );
    for (const fault of outcome.faults.slice(0, 20)) console.log(`    ${fault}`);
    if (outcome.faults.length > 0 || outcome.slowest > 2_000) process.exitCode = 1;
  }
  console.log(`${total} cases, at most ${(most / 1e6).toFixed(0)} MB of memory`);
  if (most > memory) process.exitCode = 1;
}
