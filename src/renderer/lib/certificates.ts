/** Certificate files as a person hands them over, and the fingerprints that are compared by eye. */

const maxCertificates = 50;

/**
 * The DER certificates in a file: every CERTIFICATE block of a PEM file, else the bytes themselves.
 * A block that is not base64 is left out; the core judges the rest.
 */
export function derCertificates(bytes: Uint8Array): readonly Uint8Array[] {
  const text = new TextDecoder('latin1').decode(bytes);
  const begin = '-----BEGIN CERTIFICATE-----';
  const end = '-----END CERTIFICATE-----';
  if (!text.includes(begin)) return bytes.length > 0 ? [bytes] : [];
  const found: Uint8Array[] = [];
  let from = text.indexOf(begin);
  while (from >= 0 && found.length < maxCertificates) {
    const to = text.indexOf(end, from);
    if (to < 0) break;
    const der = fromBase64(text.slice(from + begin.length, to));
    if (der) found.push(der);
    from = text.indexOf(begin, to);
  }
  return found;
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Lower-case hexadecimal SHA-256, as the contract spells fingerprints. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
}
