/** What the app asked of the desktop and no desktop was there to do: kept for the tests to read. */
export interface DesktopRecord {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Live notifications, so that a test can click one. */
interface Clickable {
  emit(event: string, ...args: unknown[]): boolean;
}

interface Recorded {
  readonly list: DesktopRecord[];
  readonly notifications: Clickable[];
}

/** The fixture reads it by this name; on real Electron it installs the same shape. */
const holder = globalThis as unknown as { __recorded?: Recorded };
export const recorded: Recorded = (holder.__recorded ??= { list: [], notifications: [] });

export function record(kind: string, facts: Readonly<Record<string, unknown>> = {}): void {
  recorded.list.push({ kind, facts });
}

/** Electron's event objects, as far as anyone asks: they can be prevented. */
export interface HostEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function hostEvent<T extends object>(facts: T): T & HostEvent {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
