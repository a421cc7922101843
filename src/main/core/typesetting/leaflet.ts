import { longDate } from './dates.ts';
import { qrSvg } from './qr.ts';

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
  // in the groups of the application's own screens, so that the eye compares like with like
  const fingerprint = input.fingerprint.toUpperCase();
  const groups = fingerprint.match(/.{4}/g) ?? [];
  const rows = [0, 4, 8, 12].map((at) => groups.slice(at, at + 4));
  const qr = {
    svg: qrSvg(`SHA256:${fingerprint}`),
    alt: `Kode QR: sidik jari SHA-256 ${groups.join(' ')}`,
  };
  const { organisation, subject } = input;
  const [from, until] = [input.notBefore, input.notAfter].map((instant) => longDate(jakartaDate(instant)));
  return { fonts, organisation, subject, fingerprint: rows, qr, from, until };
}

/** The day in western Indonesia (UTC+7, no daylight saving time). */
const jakartaDate = (instant: string): string =>
  new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
