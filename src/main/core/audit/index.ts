export { appendAudit, firstBrokenLink, walkChain } from './chain.ts';
export type { AuditEntry } from './chain.ts';
export { countTrail, listAudit, recentEntities, trailOf } from './lines.ts';
export { makeAnchor } from './anchors.ts';
export type { Anchor } from './anchors.ts';
export { appendAnchor, readAnchors } from './anchor-files.ts';
export { compareAnchors } from './compare.ts';
export { exportLog } from './export.ts';
