import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  // Not the project's: its path for better-sqlite3 is for the type checker only.
  tsconfig: 'test/e2e/tsconfig.json',
  outputDir: 'test-results/e2e',
  workers: 2,
  // On the shared machine of CI a test may be tried once more; the summary names every one that needed it.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 90_000,
  // The machines are shared: a slow screen is no wrong screen.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
