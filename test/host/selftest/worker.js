/** The selftest's worker thread: says whether it has what Electron lacks. */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

try {
  createHash('sha3-256');
  parentPort.postMessage('has sha3', []);
} catch (error) {
  parentPort.postMessage(error.message, []);
}
