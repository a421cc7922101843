import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Programs that a process of ours reads from beside itself, by their name there and their place in a package. */
const programs = {
  // src/main/engine/pool-process.ts
  'zxing_reader.wasm': 'zxing-wasm/reader/zxing_reader.wasm',
  // src/main/core/verification/picture/render.ts
  'pdf-decoders/jbig2.wasm': 'pdfjs-dist/wasm/jbig2.wasm',
  'pdf-decoders/openjpeg.wasm': 'pdfjs-dist/wasm/openjpeg.wasm',
  'pdf-decoders/qcms_bg.wasm': 'pdfjs-dist/wasm/qcms_bg.wasm',
  // Whoever hands the programs on hands these on too.
  'pdf-decoders/LICENSE_JBIG2': 'pdfjs-dist/wasm/LICENSE_JBIG2',
  'pdf-decoders/LICENSE_OPENJPEG': 'pdfjs-dist/wasm/LICENSE_OPENJPEG',
  'pdf-decoders/LICENSE_QCMS': 'pdfjs-dist/wasm/LICENSE_QCMS',
  'pdf-decoders/LICENSE_PDFJS': 'pdfjs-dist/wasm/LICENSE_PDFJS_JBIG2',
};
/** The same for the pages, as plain scripts: their content security policy compiles no WebAssembly. */
const pageDecoders = {
  'pdf-decoders/jbig2_nowasm_fallback.js': 'pdfjs-dist/wasm/jbig2_nowasm_fallback.js',
  'pdf-decoders/openjpeg_nowasm_fallback.js': 'pdfjs-dist/wasm/openjpeg_nowasm_fallback.js',
};
const ship = (files: Readonly<Record<string, string>>): Plugin => ({
  name: 'ship-programs',
  generateBundle() {
    for (const [fileName, place] of Object.entries(files)) {
      const source = readFileSync(createRequire(import.meta.url).resolve(place));
      this.emitFile({ type: 'asset', fileName, source });
    }
  },
});

export default defineConfig(({ mode }) => ({
  main: {
    plugins: [ship(programs)],
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
    plugins: [react(), ship(pageDecoders)],
  },
}));
