import { principalsOf, readPerson } from '../accounts/index.ts';
import { unannounced } from '../notifications/reminders.ts';
import type { Keyring } from '../ports.ts';
import type { Asker } from '../queries/index.ts';
import type { Vault } from '../vault/index.ts';
import { announce, updateBadge } from './announcing.ts';
import type { Context } from './context.ts';
import { remind } from './reminders.ts';

/**
 * What happens without being asked while a vault is open: reminders, notices and the badge. A minute that never came
 * (a sleeping laptop) costs nothing: every look goes by what the vault says and the clock shows.
 */
const every = 60_000;
/** Milliseconds in which many changes make one look at the badge. */
const together = 250;

export function startTicking(context: Context): void {
  if (context.ticker) return;
  context.ticker = setInterval(() => tick(context), every);
  context.ticker.unref();
}

export function stopTicking(context: Context): void {
  clearInterval(context.ticker ?? undefined);
  context.ticker = null;
}

/** Errors are logged: nobody asked, and the next minute comes. */
function tick(context: Context): void {
  try {
    if (context.openSession && !context.locking) lookAround(context);
    else if (context.parked) behindTheScreen(context, context.parked);
  } catch (error) {
    context.ports.logger.error('reminders failed', {}, error);
  }
}

/** Before activation somebody else may know the passphrase: nothing is said then. */
const atWork = (context: Context): boolean => {
  const session = context.describeSession();
  return !session.mustActivate && !session.mustAcknowledge;
};

function lookAround(context: Context): void {
  if (!atWork(context)) return;
  if (remind(context, context.session().vault, context.asker())) announce(context);
  else updateBadge(context);
}

/** Whose keys are gone opens nothing; the conditions of the lists need none. */
const noKeys = (accountId: string): Keyring => ({
  accountId,
  letterKey: () => null,
  summary: () => null,
  content: () => {
    throw new Error('screen locked');
  },
  frozen: () => {
    throw new Error('screen locked');
  },
  words: () => {
    throw new Error('screen locked');
  },
});

/**
 * Screen locked: reminders of whoever locked it are written all the same, and once something came in, for anybody,
 * this is said once, without what, from whom or for whom.
 */
function behindTheScreen(context: Context, vault: Vault): void {
  const away = context.away;
  if (!away) return;
  const person = readPerson(vault.read, away.accountId, context.today);
  if (person.activated && !person.revoked) {
    const asker: Asker = {
      accountId: away.accountId,
      roles: person.roles,
      unit: person.unit,
      principals: principalsOf(vault.read, away.accountId, context.today),
      ring: noKeys(away.accountId),
    };
    remind(context, vault, asker);
  }
  if (away.told || unannounced(vault.read) <= away.unannounced) return;
  context.away = { ...away, told: true };
  context.ports.emit({ type: 'announceLocked', language: context.language });
}

/** After every change, together with those that follow at once: the badge and what is said behind a locked screen. */
export function onChanges(context: Context): void {
  let waits = false;
  context.onChanged = () => {
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      tick(context);
    }, together).unref();
  };
}
