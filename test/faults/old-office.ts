import { createHash } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseKey, subkey } from '../../src/main/core/vault/database.ts';
import { openObjectStore } from '../../src/main/core/vault/objects.ts';
import { letterContent } from '../fixtures/engine.ts';
import { databaseOfVersion } from '../migrations/support.ts';
import { makeOldVault } from '../unit/vault/support.ts';
import type { Act } from './acts.ts';
import type { Start } from './ledger.ts';
import { copyOf, tempFolder } from './place.ts';

/** A data folder as the first version of the program left it, with letters in every state and a log of them. */
export interface OldOffice {
  readonly folder: string;
  readonly start: Start;
  /** What that version had acknowledged. */
  readonly acts: readonly Act[];
  copy(): string;
  remove(): void;
}

const at = '2026-11-05T03:00:00.000Z';
const owner = { accountId: 'a-1', username: 'sekda', passphrase: 'sandi lama yang panjang' };
const reader = { accountId: 'b-2', username: 'pembaca', passphrase: 'sandi lama pembaca' };
const signedLetters = 8;

export async function prepareOldOffice(): Promise<OldOffice> {
  const folder = tempFolder();
  const vault = join(folder, 'vault');
  const { recoveryKey, dataKey } = await makeOldVault(
    { folder: vault, cost: { memory: 256, passes: 1 }, now: new Date() },
    [owner, reader],
  );
  const old = databaseOfVersion(10);
  const { db } = old;
  const person =
    db.prepare(`INSERT INTO account (id, username, role, name, front_title, back_title, nip, rank, post, unit,
    created_at, activated_at) VALUES (?, ?, ?, ?, '', '', '', '', 'Kepala', 'SETDA', ?, ?)`);
  person.run(owner.accountId, owner.username, 'administrator', 'Siti', at, at);
  person.run(reader.accountId, reader.username, 'staff', 'Budi', at, at);
  db.prepare("INSERT INTO meta VALUES ('letterhead', '{}')").run();

  const objects = openObjectStore(join(vault, 'objects'), subkey(dataKey, 'object names'));
  const acts: Act[] = [];
  const log: (readonly [string, string])[] = [['vault.created', 'vault']];
  const content = (subject: string): string => {
    const { security: _class, postId: _post, ...first } = letterContent(subject, reader.accountId);
    return JSON.stringify(first);
  };
  const letter =
    db.prepare(`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, frozen,
    number, letter_date, object_id, created_at, updated_at, reserved_at, signed_at)
    VALUES (?, 'surat-dinas', ?, 'segera', ?, ?, 3, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  for (let n = 1; n <= signedLetters; n += 1) {
    const [id, number, subject] = [`lama-${n}`, `000.8.3/${n}/SETDA/2026`, `Surat lama ${n}`];
    const object = objects.put(Buffer.from(`%PDF-1.7 surat lama ${n} ${'x'.repeat(20_000)}`));
    db.prepare('INSERT INTO object VALUES (?, ?, ?, ?)').run(object.id, object.key, object.size, at);
    const text = content(subject);
    letter.run(
      id,
      'signed',
      subject,
      owner.accountId,
      text,
      '{}',
      number,
      '2026-11-05',
      object.id,
      at,
      at,
      at,
      at,
    );
    db.prepare("INSERT INTO number_book VALUES ('surat', 'SETDA', 2026, ?, ?, 'issued', ?, NULL, ?, ?)").run(
      n,
      number,
      id,
      at,
      at,
    );
    db.prepare("INSERT INTO letter_party VALUES (?, 'to', 0, ?, 'Budi', 'Sukadana', ?, NULL)").run(
      id,
      reader.accountId,
      at,
    );
    db.prepare("INSERT INTO notice VALUES (?, ?, 'letter-arrived', ?, ?, NULL, NULL)").run(
      `n-${n}`,
      reader.accountId,
      id,
      at,
    );
    acts.push({ act: 'sign', id, number, sha256: object.id });
    log.push(['letter.signed', id]);
  }
  for (let n = 1; n <= 40; n += 1) {
    const [id, subject] = [`konsep-${n}`, `Konsep lama ${n}`];
    letter.run(
      id,
      'draft',
      subject,
      owner.accountId,
      content(subject),
      null,
      null,
      null,
      null,
      at,
      at,
      null,
      null,
    );
    acts.push({ act: 'draft', id, revision: 3, subject });
  }
  let previous = '0'.repeat(64);
  for (const [index, [action, entityId]] of log.entries()) {
    const row = [
      index + 1,
      at,
      owner.accountId,
      action,
      action.split('.')[0] ?? '',
      entityId,
      '{}',
      previous,
    ];
    const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
    db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...row, hash);
    previous = hash;
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.rekey(Buffer.from(`x'${Buffer.from(databaseKey(dataKey)).toString('hex')}'`));
  db.close();
  copyFileSync(old.path, join(vault, 'letters.db'));
  old.remove();
  return {
    folder,
    start: {
      accountId: owner.accountId,
      passphrases: [owner.passphrase],
      earlier: [],
      recoveryKey,
      reader: { accountId: reader.accountId, accountPassphrase: reader.passphrase },
    },
    acts,
    copy: () => copyOf(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
