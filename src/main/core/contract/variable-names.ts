/** What a variable of a letter's text can be named, by where its value comes from (contract/variables.ts). */
export const variableNames = {
  /** Of the only addressee; with several there is no value. */
  addressee: ['penerima', 'tempat'],
  /** Of the official who signs. */
  official: ['penandatangan', 'jabatan', 'nip', 'pangkat', 'unit'],
  letter: ['hal', 'tanggal', 'nomor'],
} as const;

export const allVariableNames: readonly string[] = Object.values(variableNames).flat();
