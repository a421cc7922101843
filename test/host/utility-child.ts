/** Loaded first in every utility process: `process.parentPort`, and the runtime gaps of Electron. */
import { EventEmitter } from 'node:events';
import { openGaps } from './runtime-gaps.ts';

openGaps();

class ParentPort extends EventEmitter {
  #early: unknown[] | null = [];

  constructor() {
    super();
    process.on('message', (data) => this.#receive(data));
    // The app is gone: a utility process never outlives it.
    process.on('disconnect', () => process.exit(0));
    this.on('newListener', (name) => {
      if (name === 'message') queueMicrotask(() => this.#flush());
    });
  }

  #receive(data: unknown): void {
    if (this.#early) this.#early.push(data);
    else this.emit('message', { data, ports: [] });
  }

  #flush(): void {
    const waiting = this.#early ?? [];
    this.#early = null;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  start(): void {
    this.#flush();
  }

  postMessage(message: unknown): void {
    process.send?.(message, undefined, undefined, () => undefined);
  }
}

Object.defineProperty(process, 'type', { value: 'utility' });
Object.defineProperty(process, 'parentPort', { value: new ParentPort() });
