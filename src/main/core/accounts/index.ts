export {
  activatePerson,
  insertPerson,
  listPeople,
  readPerson,
  titledName,
  toOfficial,
  updatePerson,
} from './people.ts';
export {
  newSigningSecret,
  openSigningSecret,
  replaceSigningSecret,
  resealSigningSecret,
  storeSigningSecret,
} from './signing-secret.ts';
export {
  currentIdentityId,
  listIdentities,
  readIdentity,
  storeIdentity,
  unsealPrivateKey,
} from './identities.ts';
export type { StoredIdentity } from './identities.ts';
