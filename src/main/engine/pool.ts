import { AppError, type Result } from '../core/contract/index.ts';
import type { Logger, Pool, PoolTasks } from '../core/ports.ts';
import type { LaunchedProcess, Launcher } from './launcher.ts';

/**
 * Killable processes without keys, for hostile or heavy bytes. A task that overruns its time takes its process
 * down with it and nothing else; Typst's memory grows (some 0.7 MB a letter), so a process is replaced after
 * `recycleAfter` tasks.
 */
export interface PoolOptions {
  readonly launcher: Launcher;
  readonly entry: string;
  readonly resourcesDir: string;
  readonly recycleAfter?: number;
  /** Processes at most, each with one task at a time; default 1. Another is started only when all are busy. */
  readonly size?: number;
  readonly logger?: Logger;
}

/** What went wrong in the pool, without the message: it can quote what it was given. */
export type PoolFault = Readonly<Record<string, string>>;

interface Job {
  readonly id: number;
  readonly task: keyof PoolTasks;
  readonly input: unknown;
  readonly timeoutMs: number;
  readonly settle: (result: Result<unknown>) => void;
}

export interface OwnedPool extends Pool {
  /** Starts the process ahead of the first task. */
  warm(): void;
  close(): void;
}

const defaultTimeout = 60_000;

/** Enough for the largest letter we accept; a bomb ends the process instead of the machine. */
const heapMiB = 1024;

export function createPool(options: PoolOptions): OwnedPool {
  const waiting: Job[] = [];
  const next = (): void => {
    for (let job = waiting[0]; job; job = waiting[0]) {
      const free = lanes.find((lane) => lane.idle && lane.started) ?? lanes.find((lane) => lane.idle);
      if (!free) return;
      waiting.shift();
      free.take(job);
    }
  };
  const lanes = Array.from({ length: options.size ?? 1 }, () => createLane(options, next));
  let nextId = 1;
  let closed = false;

  return {
    run(task, input, timeoutMs = defaultTimeout) {
      return new Promise((resolve, reject) => {
        const settle = (result: Result<unknown>): void => {
          if (result.ok) resolve(result.value as PoolTasks[typeof task]['output']);
          else reject(new AppError(result.error.code, result.error.params));
        };
        if (closed) {
          settle(ended);
          return;
        }
        waiting.push({ id: nextId, task, input, timeoutMs, settle });
        nextId += 1;
        next();
      });
    },
    warm() {
      if (!closed) lanes[0]?.warm();
    },
    close() {
      closed = true;
      for (const lane of lanes) lane.close();
      for (const job of waiting.splice(0)) job.settle(ended);
    },
  };
}

const ended = { ok: false, error: { code: 'INTERNAL' } } as const;

/** One process and the task it has. */
interface Lane {
  readonly idle: boolean;
  readonly started: boolean;
  take(job: Job): void;
  warm(): void;
  close(): void;
}

/** @param free called when it can take another task. */
function createLane(options: PoolOptions, free: () => void): Lane {
  const recycleAfter = options.recycleAfter ?? 300;
  let running: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let child: LaunchedProcess | null = null;
  let done = 0;
  let closed = false;

  function start(): LaunchedProcess {
    const started = options.launcher(options.entry, [options.resourcesDir], 'eletter-pool', heapMiB);
    started.onMessage((message) => {
      const answer = message as {
        readonly id: number;
        readonly result: Result<unknown>;
        readonly fault?: PoolFault;
      };
      if (answer.fault) options.logger?.error('pool task failed', { ...answer.fault });
      if (child === started && running?.id === answer.id) finish(answer.result);
    });
    started.onExit(() => {
      if (child !== started) return;
      child = null;
      options.logger?.error('pool ended', { task: running?.task ?? 'none' });
      // It died of what it was given; the next job gets a fresh process.
      if (running) finish(ended);
    });
    done = 0;
    return started;
  }

  function stop(): void {
    const old = child;
    child = null;
    old?.kill();
  }

  function finish(result: Result<unknown>): void {
    clearTimeout(timer);
    const job = running;
    running = null;
    done += 1;
    if (done >= recycleAfter) stop();
    job?.settle(result);
    free();
  }

  return {
    get idle() {
      return running === null && !closed;
    },
    get started() {
      return child !== null;
    },
    take(job) {
      running = job;
      child ??= start();
      timer = setTimeout(() => {
        stop();
        finish({ ok: false, error: { code: 'TIMED_OUT' } });
      }, job.timeoutMs);
      child.post({ id: job.id, task: job.task, input: job.input });
    },
    warm() {
      child ??= start();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      stop();
      running?.settle(ended);
      running = null;
    },
  };
}
