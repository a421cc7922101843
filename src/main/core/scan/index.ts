/**
 * Pictures and PDF scans → the QR codes in them, with a picture to compare with; and pictures for the letterhead, drawn
 * anew. No key, no storage, no network.
 */
export { openCodeReader } from './codes.ts';
export { scanFile, type ScanTools } from './scan.ts';
export { drawArms } from './arms.ts';
