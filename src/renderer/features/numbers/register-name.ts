/** Registers go by their id in the profile, which is Indonesian in every language: "surat-tugas" → "Surat tugas". */
export const registerName = (id: string): string => {
  const words = id.replaceAll('-', ' ').replace(/\b(dprd|spd|spmt|sttpp)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
};
