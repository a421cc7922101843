import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** The QR reader's program beside the process that runs it; see codeReaderProgram in src/main/engine/pool-process.ts. */
const codeReaderProgram = (): Plugin => ({
  name: 'code-reader-program',
  generateBundle() {
    const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    this.emitFile({ type: 'asset', fileName: 'zxing_reader.wasm', source: readFileSync(path) });
  },
});

export default defineConfig(({ mode }) => ({
  main: {
    plugins: [codeReaderProgram()],
    build: {
      rolldownOptions: {
        // Each entry runs in a process of its own; see src/main/engine.
        input: {
          index: 'src/main/index.ts',
          'core-process': 'src/main/engine/core-process.ts',
          'pool-process': 'src/main/engine/pool-process.ts',
          // A thread of whichever process holds the vault; found by core/vault/background.ts.
          'vault-worker': 'src/main/core/vault/worker.ts',
          'token-process': 'src/main/engine/token-process.ts',
          cli: 'src/main/cli/index.ts',
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload can only be one CommonJS file.
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // Every asset a file of its own: the content security policy allows no data: addresses.
    build: {
      minify: mode === 'production',
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
    plugins: [react()],
  },
}));
