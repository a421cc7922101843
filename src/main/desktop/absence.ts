import { powerMonitor } from 'electron';

/** Nobody at the desk: the system's own lock, sleep, or so long without key or mouse. */
const idleAfterSeconds = 10 * 60;
const lookEvery = 30_000;

export interface Absence {
  /** Calls `leave` once per absence; it answers with the timer that locks by force. */
  watch(leave: () => NodeJS.Timeout): void;
  /** The vault is locked: no force is needed any more. */
  locked(): void;
}

export function createAbsence(): Absence {
  let away = false;
  let forced: NodeJS.Timeout | undefined;
  const comeBack = (): void => {
    away = false;
  };
  /** Whoever is back at the screen is not locked out by a timer of before. */
  const returned = (): void => {
    clearTimeout(forced);
    comeBack();
  };
  return {
    watch(leave) {
      const goAway = (): void => {
        if (away) return;
        away = true;
        forced = leave();
      };
      powerMonitor.on('lock-screen', goAway);
      powerMonitor.on('suspend', goAway);
      powerMonitor.on('unlock-screen', returned);
      powerMonitor.on('resume', returned);
      setInterval(() => {
        if (powerMonitor.getSystemIdleTime() >= idleAfterSeconds) goAway();
        else comeBack();
      }, lookEvery).unref();
    },
    locked() {
      clearTimeout(forced);
    },
  };
}
