import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { insertPictures, readAttachment, readIncoming, showIncoming } from '../core/attachments/index.ts';
import { AppError, type Result } from '../core/contract/index.ts';
import { parsePdf, reserialise } from '../core/pdf/index.ts';
import type { PoolTasks } from '../core/ports.ts';
import { drawArms, openCodeReader, scanFile, type ScanTools } from '../core/scan/index.ts';
import { prepareRevision } from '../core/signing/index.ts';
import { createTypesetter } from '../core/typesetting/index.ts';
import { openDrawable, showPdf, verifyPdf, wantedEvidence } from '../core/verification/index.ts';
import { parentChannel } from './launcher.ts';
import { describeError } from './logger.ts';
import type { PoolFault } from './pool.ts';

/** Entry of the pool's process: hostile bytes and heavy typesetting, no key, no vault, no network. */
type Tasks = {
  readonly [N in keyof PoolTasks]: (
    input: PoolTasks[N]['input'],
  ) => PoolTasks[N]['output'] | Promise<PoolTasks[N]['output']>;
};

const resourcesDir = process.argv[2] ?? '';
let typesetter: ReturnType<typeof createTypesetter> | undefined;

/** Beside this file in the built application, in its package when it runs from source. */
function codeReaderProgram(): Buffer {
  const beside = join(import.meta.dirname, 'zxing_reader.wasm');
  const packaged = 'zxing-wasm/reader/zxing_reader.wasm';
  return readFileSync(existsSync(beside) ? beside : createRequire(import.meta.url).resolve(packaged));
}

let scanning: Promise<ScanTools> | undefined;
const scanTools = async (): Promise<ScanTools> => ({
  codes: await openCodeReader(codeReaderProgram()),
  openDrawable,
});

const tasks: Tasks = {
  typeset: async ({ pictures = [], shown = false, ...input }) => {
    typesetter ??= createTypesetter({ resourcesDir });
    const { pdf, pages } = typesetter.typeset(input);
    const whole = await insertPictures(pdf, pictures, input.letter);
    return { pdf: shown ? reserialise(parsePdf(whole)) : whole, pages };
  },
  attach: ({ bytes, signedAnyway }) => readAttachment(bytes, signedAnyway, { openDrawable }),
  incoming: ({ files }) => readIncoming(files, { openDrawable }),
  incomingPages: async ({ bytes, type }) => ({ pdf: await showIncoming(bytes, type) }),
  leaflet: (input) => {
    typesetter ??= createTypesetter({ resourcesDir });
    return typesetter.leaflet(input);
  },
  report: (input) => {
    typesetter ??= createTypesetter({ resourcesDir });
    return typesetter.report(input);
  },
  book: (input) => {
    typesetter ??= createTypesetter({ resourcesDir });
    return typesetter.book(input);
  },
  disposition: (input) => {
    typesetter ??= createTypesetter({ resourcesDir });
    return typesetter.disposition(input);
  },
  minutes: (input) => {
    typesetter ??= createTypesetter({ resourcesDir });
    return typesetter.minutes(input);
  },
  verify: verifyPdf,
  prepare: ({ files, plan }) => ({ prepared: files.map((pdf) => attempt(() => prepareRevision(pdf, plan))) }),
  wanted: wantedEvidence,
  show: showPdf,
  scan: async ({ bytes }) => {
    scanning ??= scanTools();
    return scanFile(bytes, await scanning);
  },
  arms: ({ bytes }) => drawArms(bytes),
  display: ({ bytes }) => ({ pdf: reserialise(parsePdf(bytes)) }),
};

/** One file's refusal is its own result; what nobody meant to happen is the task's. */
function attempt<T>(work: () => T): Result<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toShape() };
    throw error;
  }
}

interface Request<N extends keyof PoolTasks = keyof PoolTasks> {
  readonly id: number;
  readonly task: N;
  readonly input: PoolTasks[N]['input'];
}

interface Answer {
  readonly result: Result<unknown>;
  readonly fault?: PoolFault;
}

async function perform<N extends keyof PoolTasks>(request: Request<N>): Promise<Answer> {
  try {
    return { result: { ok: true, value: await tasks[request.task](request.input) } };
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    const refused = error instanceof AppError ? error.toShape() : ({ code: 'INTERNAL' } as const);
    const fault =
      cause === undefined
        ? {}
        : { fault: { task: request.task, code: refused.code, ...describeError(cause) } };
    return { result: { ok: false, error: refused }, ...fault };
  }
}

const parent = parentChannel();
parent.onMessage((message) => {
  const request = message as Request;
  void perform(request).then((answer) => parent.post({ id: request.id, ...answer }));
});
