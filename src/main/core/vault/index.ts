export {
  abandonCreation,
  commitCreation,
  createVault,
  recordObject,
  unlockVault,
  unlockVaultByRecovery,
} from './vault.ts';
export type { Vault, VaultOptions } from './vault.ts';
export { readHeader } from './header.ts';
export { writeWhole } from './files.ts';
export { storageFault } from './faults.ts';
export { openSealedKey, seal, sealWithPassphrase, standardCost, unseal } from './sealing.ts';
export type { KdfCost, SealedKey } from './sealing.ts';
export { sql } from './sql.ts';
export type { ReadDb, WriteDb } from './sql.ts';
export { checkSet, listSets, restoreSet } from './backup.ts';
