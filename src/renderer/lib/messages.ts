/** One line of result at the foot of the window: what happened, or why it did not. */
import { create } from 'zustand';
import type { ErrorShape } from '../../main/core/contract/index.ts';
import { errorTextNow } from './i18n/index.ts';

interface Message {
  readonly text: string;
  readonly tone: 'done' | 'note' | 'failed';
}

interface MessageState {
  readonly message: Message | null;
}

export const useMessage = create<MessageState>()(() => ({ message: null }));

let timer: ReturnType<typeof setTimeout> | null = null;

function show(message: Message | null, milliseconds: number | null): void {
  if (timer) clearTimeout(timer);
  timer = milliseconds ? setTimeout(() => useMessage.setState({ message: null }), milliseconds) : null;
  useMessage.setState({ message });
}

/** Milliseconds that a result stays. */
const patience = 5000;

/** Results go by themselves after a while; they tell of what can be seen elsewhere too. */
export const say = (text: string, tone: 'done' | 'note' = 'done'): void => show({ text, tone }, patience);
/** Failures stay until somebody closes them. */
export const sayError = (error: ErrorShape): void =>
  show({ text: errorTextNow(error), tone: 'failed' }, null);
export const sayFailure = (text: string): void => show({ text, tone: 'failed' }, null);
export const dismissMessage = (): void => show(null, null);

/** A result belongs to the screen that it was reached on; a failure waits to be read. */
export function clearResult(): void {
  const { message } = useMessage.getState();
  if (message && message.tone !== 'failed') dismissMessage();
}
