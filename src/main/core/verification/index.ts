/** Bytes, trust and a moment in time → a report. No storage, no network, no exceptions for bad signatures. */
export { showPdf } from './show.ts';
export { verifyPdf } from './verify.ts';
export { wantedEvidence } from './wanted.ts';
export { openDrawable } from './picture/render.ts';
