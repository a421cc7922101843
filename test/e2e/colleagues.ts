import type { Page } from '@playwright/test';
import type { Role } from '../../src/main/core/contract/index.ts';
import { expectHome, lock, passphrases, text, unlock } from './steps.ts';

/** An office with several people: their accounts, and who sits at the desk. */
const secret = 'sandi untuk semua orang';
export const signing = 'sandi tanda tangan semua';

export interface Colleague {
  readonly username: string;
  readonly name: string;
  readonly post: string;
  readonly unit: string;
  readonly roles: readonly Role[];
}
/** Accounts of colleagues, made and activated through the page's bridge: other specs do that by hand. */
export async function colleagues(page: Page, people: readonly Colleague[]): Promise<Map<string, string>> {
  const ids = await page.evaluate(
    async ({ persons, initial }) => {
      const made: string[] = [];
      for (const { username, name, post, unit, roles } of persons) {
        const person = { username, name, post, unit, frontTitle: '', backTitle: '', nip: '', rank: '' };
        const added = await window.eletter.people.add({ person, roles, initialPassphrase: initial });
        if (!added.ok) throw new Error(added.error.code);
        made.push(added.value.accountId);
      }
      return made;
    },
    { persons: people, initial: `${secret} awal` },
  );
  for (const accountId of ids) {
    // oxlint-disable-next-line no-await-in-loop -- one desk, one person at a time
    await lock(page);
    // oxlint-disable-next-line no-await-in-loop
    await page.evaluate(
      async ({ who, account, sign }) => {
        const { eletter } = window;
        const open = await eletter.vault.unlock({ accountId: who, passphrase: `${account} awal` });
        if (!open.ok) throw new Error(open.error.code);
        const policy = await eletter.policy.read({ language: 'id' });
        if (!policy.ok) throw new Error(policy.error.code);
        const active = await eletter.people.activate({
          policyVersion: policy.value.version,
          language: 'id',
          accountPassphrase: account,
          signingPassphrase: sign,
        });
        if (!active.ok) throw new Error(active.error.code);
        if (active.value.roles.includes('signer'))
          await eletter.identity.createTest({ signingPassphrase: sign });
      },
      { who: accountId, account: secret, sign: signing },
    );
    // oxlint-disable-next-line no-await-in-loop
    await page.reload();
  }
  await lock(page);
  return new Map(people.map((one, at) => [one.username, ids[at] ?? '']));
}

/** At the desk of somebody else. */
export async function sitDown(page: Page, username: string, name: string): Promise<void> {
  if ((await page.getByLabel(text.unlock.passphrase, { exact: true }).count()) === 0) await lock(page);
  await unlock(page, username, username === 'siti' ? passphrases.account : secret);
  await expectHome(page, new RegExp(name));
}
