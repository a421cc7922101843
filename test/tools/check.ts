import { bin, run } from './run.ts';

/** `npm run check`: types (one project per runtime), lint, format, import boundaries, dead code. */
const projects = ['src/main/core', 'src/main', 'src/preload', 'src/renderer', 'test'];
const steps: readonly (readonly [name: string, program: string, args: readonly string[]])[] = [
  ...projects.map((path) => [`types ${path}`, bin('tsc'), ['--noEmit', '-p', path]] as const),
  ['lint', bin('oxlint'), ['--deny-warnings']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['import boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src', 'test']],
  ['dead code', bin('knip'), ['--no-progress']],
];

let failed = 0;
for (const [name, program, args] of steps) {
  const done = run(program, args);
  if (done.code === 0) {
    console.log(`ok      ${name}`);
  } else {
    failed += 1;
    console.log(`FAILED  ${name}\n${done.stdout}${done.stderr}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
