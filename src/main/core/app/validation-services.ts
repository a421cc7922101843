import { AppError } from '../contract/errors.ts';
import { parseCertificate, parseSignedData, readCertificates } from '../pki/index.ts';
import type { Net, NetAnswer, TrustedCertificate } from '../ports.ts';
import type { ValidationServices } from '../signing/index.ts';
import type { Context } from './context.ts';
import { openRevocationStore } from './revocation-store.ts';

/** What signing asks of the network, spoken as HTTP: media types, caps and time-outs of each protocol. */

const caps = {
  timestamp: { maximumBytes: 256 * 1024, timeoutMs: 15_000 },
  ocsp: { maximumBytes: 256 * 1024, timeoutMs: 10_000 },
  crl: { maximumBytes: 16 * 1024 * 1024, timeoutMs: 30_000 },
  issuer: { maximumBytes: 256 * 1024, timeoutMs: 10_000 },
} as const;

const anySequence = 0x30;

/** @param tsa address of the timestamp authority; null: none is configured. */
export function validationServices(
  context: Context,
  tsa: string | null,
  trust: readonly TrustedCertificate[],
): ValidationServices {
  const { net, clock, logger } = context.ports;
  const store = openRevocationStore(cacheFolder(context), clock, logger);
  const anchors = trust.map(({ der }) => parseCertificate(der));
  return {
    anchors,
    now: () => clock.now(),
    async timestamp(request) {
      if (tsa === null) throw new AppError('NETWORK_NOT_CONFIGURED');
      const type = 'application/timestamp-query';
      const accept = 'application/timestamp-reply';
      return derOf(tsa, await post(net, tsa, type, request, accept, caps.timestamp));
    },
    async ocsp(url, request) {
      const type = 'application/ocsp-request';
      const accept = 'application/ocsp-response';
      return derOf(url, await post(net, url, type, request, accept, caps.ocsp));
    },
    async crl(url, again) {
      const kept = again ? null : store.find(url, true);
      if (kept) return kept;
      try {
        const accept = 'application/pkix-crl, application/octet-stream;q=0.5, */*;q=0.1';
        const answer = await net.exchange({ url, body: null, accept, ...caps.crl });
        const list = derOf(url, { ...answer, bytes: withoutArmour(answer.bytes) });
        store.keep(url, list);
        return list;
      } catch (error) {
        const older = again ? null : store.find(url, false);
        if (older && error instanceof AppError && error.code === 'NETWORK_FAILED') return older;
        throw error;
      }
    },
    async issuer(url) {
      const accept = 'application/pkix-cert, application/pkcs7-mime;q=0.9, */*;q=0.1';
      const { bytes } = await net.exchange({ url, body: null, accept, ...caps.issuer });
      const published = publishedCertificates(bytes);
      store.keepIssuers(url, published);
      return published;
    },
  };
}

/** Where what was fetched is kept. */
export const cacheFolder = ({ ports }: Context): string => `${ports.dataDir}/cache/crl`;

/** The person's own choice of anchors, else this machine's list. @throws AppError ANCHOR_UNREADABLE */
export function chosenTrust(context: Context, files: readonly Uint8Array[] | null): TrustedCertificate[] {
  if (files === null) return context.trust.trusted();
  return files.flatMap((bytes) => readCertificates(bytes).map((der) => ({ der, psre: false })));
}

function post(
  net: Net,
  url: string,
  type: string,
  bytes: Uint8Array,
  accept: string,
  limits: { readonly maximumBytes: number; readonly timeoutMs: number },
): Promise<NetAnswer> {
  return net.exchange({ url, body: { type, bytes }, accept, ...limits });
}

/** A page of a portal or of an error is nobody's answer; anything that may be DER is for the judge. */
function derOf(url: string, { bytes }: NetAnswer): Uint8Array {
  if (bytes[0] === anySequence) return bytes;
  throw new AppError('NETWORK_FAILED', { host: URL.canParse(url) ? new URL(url).host : '?', reason: 'TYPE' });
}

/** Some issuers publish their list as PEM, though RFC 5280 §4.2.1.13 asks for DER. */
function withoutArmour(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!text.subarray(0, 64).includes('-----BEGIN X509 CRL-----')) return bytes;
  const inner = text.toString('latin1').split('-----')[2] ?? '';
  return new Uint8Array(Buffer.from(inner, 'base64'));
}

/** One certificate, or a PKCS #7 bundle without signers (RFC 5280 §4.2.2.1); nothing for anything else. */
function publishedCertificates(bytes: Uint8Array): readonly Uint8Array[] {
  const readings = [
    (): readonly Uint8Array[] => readCertificates(bytes),
    () => parseSignedData(bytes).certificates,
  ];
  for (const reading of readings) {
    try {
      return reading();
    } catch {
      // Not of this form: perhaps of the next.
    }
  }
  return [];
}
