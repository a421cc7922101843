export { hasAcknowledged, recordAcknowledgement } from './acknowledgements.ts';
export { loadPolicies } from './policy.ts';
export type { Policies } from './policy.ts';
export { acknowledgementsOf, countLetters, countNotices, lettersOf } from './holdings.ts';
export { answerRequest, listRequests, makeRequest, withdrawRequest } from './requests.ts';
export { makeZip } from './zip.ts';
export type { ZipEntry } from './zip.ts';
