/** `Notification`: recorded; a test clicks it by emitting 'click'. Headed, it is also said on the terminal. */
import { EventEmitter } from 'node:events';
import { headed } from './browser.ts';
import { record, recorded } from './records.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly silent?: boolean;
  readonly urgency?: string;
}

export class Notification extends EventEmitter {
  title: string;
  body: string;
  readonly silent: boolean;

  constructor(options: NotificationOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    record('notification', { title: this.title, body: this.body, silent: this.silent });
    recorded.notifications.push(this);
    if (headed) process.stdout.write(`[notification] ${this.title} — ${this.body}\n`);
    queueMicrotask(() => this.emit('show', {}));
  }

  close(): void {
    record('notification-closed', { title: this.title });
    queueMicrotask(() => this.emit('close', {}));
  }
}
