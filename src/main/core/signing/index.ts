/** PDF + signer + options → signed PDF. No storage: the only entrance is `signPdf`. */
export { signPdf } from './sign.ts';
export type { SignOptions } from './options.ts';
