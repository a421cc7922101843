import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,migrations,security,interop,fuzz}/**/*.test.ts'],
    setupFiles: ['test/tools/setup.ts'],
    testTimeout: 30_000,
    pool: 'forks',
  },
});
