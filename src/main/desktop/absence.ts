import { powerMonitor } from 'electron';

/** Nobody at the desk: the system's own lock, sleep, or so long without key or mouse as the settings say. */
const lookEvery = 30_000;
/** Below this nobody is idle, whatever the settings say: they are not asked. */
const leastIdleSeconds = 60;

export interface Absence {
  /** Calls `leave` once per absence; it answers with the timer that locks by force. */
  watch(leave: () => NodeJS.Timeout): void;
  /** The vault is locked: no force is needed any more. */
  locked(): void;
}

/** @param idleMinutes the setting of the vault that is open, or null when nobody is at work. */
export function createAbsence(idleMinutes: () => Promise<number | null>): Absence {
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
      const look = async (): Promise<void> => {
        const idle = powerMonitor.getSystemIdleTime();
        if (idle < leastIdleSeconds) return comeBack();
        const minutes = away ? null : await idleMinutes();
        if (minutes !== null && idle >= minutes * 60) goAway();
      };
      setInterval(() => void look(), lookEvery).unref();
    },
    locked() {
      clearTimeout(forced);
    },
  };
}
