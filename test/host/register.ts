/** Loaded with --import, before anything of the app: `electron` means the host, and Electron's gaps are open. */
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { openGaps } from './runtime-gaps.ts';

openGaps();

// Worker threads inherit --import. They need the gaps; `electron` does not exist in a worker of Electron either.
if (isMainThread) {
  const host = new URL('./electron.ts', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (/^electron(\/(main|common|renderer))?$/.test(specifier)) {
        return { url: host, format: 'module-typescript', shortCircuit: true };
      }
      return nextResolve(specifier, context);
    },
  });
}
