export { handOver } from './hand-over.ts';
export { closeToCancelled } from './keys.ts';
export {
  chainOf,
  inForce,
  openTasksOf,
  percentBeforeReport,
  setPercent,
  settleByGiving,
  takesPartInDispositions,
  takeStep,
  transition,
  unmet,
  unsettleWhereNobodyIsLeft,
} from './steps.ts';
export {
  addEntry,
  addSubtask,
  dispositionsOf,
  entriesOf,
  insertDisposition,
  noteOf,
  readTask,
  removeSubtask,
  subtasksOf,
  taskOfSubtask,
  tickSubtask,
} from './store.ts';
export type { LetterDispositions, StoredDisposition, StoredTask } from './store.ts';
