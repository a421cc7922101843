import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,migrations,security,interop,fuzz}/**/*.test.ts'],
    setupFiles: ['test/tools/setup.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // The runner leaves one core idle by itself; of two that would be half the machine.
    maxWorkers: 2,
  },
});
