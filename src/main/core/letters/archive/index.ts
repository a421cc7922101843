export { byCode, codesInUse, ensureTree, readTree, retentionOf, writeTree } from './classification.ts';
export { planTree } from './import.ts';
export { phaseOf } from './retention.ts';
export {
  closeFile,
  fileLetter,
  holdFile,
  liftHold,
  readFile,
  reopenFile,
  saveFile,
  unfileLetter,
} from './files.ts';
export {
  approve,
  endProposal,
  execute,
  needsAnri,
  propose,
  readProposal,
  recordMinutes,
  requireStep,
  vote,
} from './proposals.ts';
export { eraseLetter, lettersToErase, type ErasedLetter } from './erase.ts';
