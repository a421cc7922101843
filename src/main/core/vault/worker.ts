import { parentPort } from 'node:worker_threads';
import { answerOf, workerReady, type JobMessage } from './job.ts';

/** Entry of the vault's worker thread: one job, one answer, then it ends. The keys come with the job. */
parentPort?.once('message', (message: JobMessage) => {
  parentPort?.postMessage(answerOf(message));
});
parentPort?.postMessage(workerReady);
