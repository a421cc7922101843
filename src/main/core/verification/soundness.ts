import type { AnomalyCode, PdfFile } from '../pdf/index.ts';

/**
 * Named tolerances: what the strict reader notes and yet needs no repair, because every reader agrees on it.
 *
 * - OBJECT_ELSEWHERE: an entry that points into another revision's bytes; what it changes is judged by rules.
 * - XREF_EMPTY: a save that lists nothing. Whatever such a save tries to smuggle in is noted apart, as an
 *   unlisted object or as bytes that belong to nothing.
 */
const tolerated: ReadonlySet<AnomalyCode> = new Set(['OBJECT_ELSEWHERE', 'XREF_EMPTY']);

export const isTolerated = (code: AnomalyCode): boolean => tolerated.has(code);

/** Would a viewer have to guess? Such a file is never green. */
export const needsRepair = (file: PdfFile): boolean => file.anomalies.some(({ code }) => !isTolerated(code));
