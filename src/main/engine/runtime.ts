/**
 * The database driver is built for Node-API 10. On an older Node it does not refuse, it crashes the process,
 * so everything that may load it asks here first.
 *
 * @throws Error with a sentence that says what to do.
 */
export function assertRuntime(): void {
  const napi = Number(process.versions.napi ?? '0');
  if (napi >= 10) return;
  throw new Error(
    `This program needs Node 24 (Node-API 10); it runs on Node ${process.versions.node} (Node-API ${napi}). ` +
      'Start it through npm (npm start, npm test, npm run eletter), which brings its own Node 24.',
  );
}
