/** Pictures and PDF scans → the QR codes in them, with a picture to compare with. No key, no storage, no network. */
export { openCodeReader } from './codes.ts';
export { scanFile, type ScanTools } from './scan.ts';
export { drawArms } from './arms.ts';
