export { hasAcknowledged, recordAcknowledgement } from './acknowledgements.ts';
export { loadPolicies } from './policy.ts';
export type { Policies } from './policy.ts';
