import { longDate } from './dates.ts';

/** An in-house CA's anchor, for a page that recipients can hold beside their screen. Instants are ISO 8601. */
export interface LeafletInput {
  readonly organisation: string;
  /** The anchor's name, as every certificate viewer shows it. */
  readonly subject: string;
  /** SHA-256 of the anchor, hexadecimal. */
  readonly fingerprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** What resources/templates/leaflet.typ takes. */
export function leafletView(input: LeafletInput, fonts: readonly string[]): object {
  const octets = input.fingerprint.toUpperCase().match(/../g) ?? [];
  const rows = [0, 8, 16, 24].map((at) => octets.slice(at, at + 8).join(' '));
  const { organisation, subject } = input;
  const [from, until] = [input.notBefore, input.notAfter].map((instant) => longDate(jakartaDate(instant)));
  return { fonts, organisation, subject, fingerprint: rows, from, until };
}

/** The day in western Indonesia (UTC+7, no daylight saving time). */
const jakartaDate = (instant: string): string =>
  new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
