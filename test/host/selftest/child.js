/** The selftest's utility process: answers with what it got and with what its runtime lacks. */
import { createHash } from 'node:crypto';

process.parentPort.on('message', ({ data }) => {
  let lacksSha3 = false;
  try {
    createHash('sha3-256');
  } catch {
    lacksSha3 = true;
  }
  process.parentPort.postMessage(
    {
      id: data.id,
      isBytes: data.bytes instanceof Uint8Array,
      sum: data.bytes.reduce((total, byte) => total + byte, 0),
      argument: process.argv.at(-1),
      type: process.type,
      lacksSha3,
    },
    [],
  );
});
