import { writeSync } from 'node:fs';
import { unlockVault } from '../../../src/main/core/vault/index.ts';
import { account, cost, note, passphrase } from './support.ts';

/** Writes a row and re-keys, again and again, until somebody kills it. argv: vault folder, first row's number. */
const [folder = '', first = '0'] = process.argv.slice(2);
const { vault } = await unlockVault({ folder, cost, now: new Date() }, account.accountId, passphrase);
writeSync(1, 'ready\n');
for (let row = Number(first); ; row += 1) {
  note(vault, `baris-${row}`);
  writeSync(1, 'row\n');
  await vault.rekey();
  writeSync(1, 'rekeyed\n');
}
