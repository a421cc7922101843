import { bin, show } from './run.ts';

/** `npm run matrix`: every cell of test/interop/matrix.test.ts; `npm test` takes a pairwise selection of them. */
process.exitCode = show(bin('vitest'), ['run', 'test/interop/matrix.test.ts', '--reporter=dot'], {
  ...process.env,
  ELETTER_MATRIX: 'full',
});
