/** What later revisions did to a file, change by change, under rules with names. */
export { changeRules, kindOf } from './change.ts';
export type { Change, ChangeRule } from './change.ts';
export { RevisionChanges } from './judge.ts';
export { hasArea, readRectangle } from './rectangle.ts';
export type { Rectangle } from './rectangle.ts';
