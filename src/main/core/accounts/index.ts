export {
  activatePerson,
  insertPerson,
  listPeople,
  readPerson,
  revokePerson,
  setRoles,
  titledName,
  toOfficial,
  updatePerson,
} from './people.ts';
export { printedSigner } from './printed-signers.ts';
export { addPost, endPost } from './posts.ts';
export { unitAddresses } from './heads.ts';
export { ensureUnit, listUnits, saveUnit } from './units.ts';
export { addDeputy, deputiesOf, endDeputy, listDeputies, principalsOf } from './deputies.ts';
export { keepAccountKey, keptPublicKey, restoreKeptKey } from './account-keys.ts';
export {
  newSigningSecret,
  openSigningSecret,
  replaceSigningSecret,
  resealSigningSecret,
  storeSigningSecret,
} from './signing-secret.ts';
export {
  currentIdentityId,
  gatewaySigner,
  listIdentities,
  readIdentity,
  storeIdentity,
  storeIdentityElsewhere,
  unsealPrivateKey,
} from './identities.ts';
export {
  closeRequest,
  fulfilRequest,
  holders,
  openRequests,
  ownRequests,
  readOpenRequest,
  storeRequest,
} from './certificate-requests.ts';
export type { KeyPlace, StoredIdentity } from './identities.ts';
