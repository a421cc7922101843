import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountPassphrase, letterContent, signingPassphrase, testApp } from '../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../fixtures/people.ts';

/** A vault as faults find it, to be copied as often as needed. */
export interface Prepared {
  readonly folder: string;
  readonly accountId: string;
  readonly recoveryKey: string;
  readonly reader: TestPerson;
  /** A copy in a folder of its own. */
  copy(): string;
  remove(): void;
}

export const tempFolder = (): string => mkdtempSync(join(tmpdir(), 'eletter-fault-'));

export function copyOf(folder: string): string {
  const copy = tempFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** An office: who works, who receives, who is let into letters, and some who will be revoked. */
export async function prepareOffice(leaving: number): Promise<Prepared> {
  const app = testApp({ dataDir: tempFolder() });
  const { session, recoveryKey } = await app.firstRun();
  const { accountId } = session;
  await app.ask('identity.createTest', { signingPassphrase });
  const receiver = await invite(app, 'penerima', ['drafter']);
  const reader = await invite(app, 'pembaca', ['drafter']);
  for (let n = 0; n < leaving; n += 1) await invite(app, `lepas-${n}`, ['drafter']);
  for (const person of [receiver, reader]) await activate(app, person);
  await be(app, { accountId, accountPassphrase });
  // The first letter is there before the first fault, and so is a backup.
  const draft = await app.draft(letterContent('Surat pertama', receiver.accountId));
  await app.ask('letters.sign', { id: draft.id, revision: draft.revision, signingPassphrase });
  await app.engine.app.settled();
  await app.close();
  const folder = app.dataDir;
  return {
    folder,
    accountId,
    recoveryKey,
    reader,
    copy: () => copyOf(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
