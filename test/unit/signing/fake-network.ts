import { AppError } from '../../../src/main/core/contract/errors.ts';
import { integerBytes, octetString, readOuter, sequenceOf } from '../../../src/main/core/pki/der/read.ts';
import { tlv, octetStringOf, sequence } from '../../../src/main/core/pki/der/write.ts';
import {
  integer,
  explicit,
  implicit,
  ia5String,
  objectIdentifier,
} from '../../../src/main/core/pki/der/write.ts';
import { parseCertificate } from '../../../src/main/core/pki/index.ts';
import { extension } from '../../../src/main/core/pki/x509/issue.ts';
import type { ValidationServices } from '../../../src/main/core/signing/index.ts';
import { issue } from '../../fixtures/pki.ts';
import type { IssueRequest, TestCertificate } from '../../fixtures/pki.ts';
import { listByHand, ocspByHand, tokenByHand } from '../pki/answers-by-hand.ts';

/** A network with a clock that a test moves: decades of an archive in milliseconds. */

const ocspUrl = 'http://ocsp.uji.invalid/';

const asksOcsp = extension(
  '1.3.6.1.5.5.7.1.1',
  false,
  sequence(sequence(objectIdentifier('1.3.6.1.5.5.7.48.1'), implicit(6, ia5String(ocspUrl)))),
);
const hasList = extension(
  '2.5.29.31',
  false,
  sequence(sequence(explicit(0, explicit(0, implicit(6, ia5String('http://crl.uji.invalid/root.crl')))))),
);

export interface FakeNetwork {
  now: Date;
  /** Who is not there. */
  readonly down: Set<'tsa' | 'ocsp' | 'crl' | 'issuer'>;
  readonly revoked: { readonly certificate: TestCertificate; readonly at: Date }[];
  readonly asked: string[];
  readonly root: TestCertificate;
  readonly issuing: TestCertificate;
  tsa: TestCertificate;
  /** Padding octets beside the token's own certificates. */
  ballast: readonly Uint8Array[];
  issue(request: Partial<IssueRequest> & { name: string }): TestCertificate;
  readonly services: ValidationServices;
}

export function fakeNetwork(start: string): FakeNetwork {
  const end = '2060-01-01T00:00:00Z';
  const dates = { notBefore: '2020-01-01T00:00:00Z', notAfter: end };
  const root = issue({ name: 'Akar', ca: true, ...dates });
  const issuing = issue({ name: 'Penerbit', issuer: root, ca: true, extra: [hasList], ...dates });
  const known = [issuing];
  const network: FakeNetwork = {
    now: new Date(start),
    down: new Set(),
    revoked: [],
    asked: [],
    root,
    issuing,
    tsa: root,
    ballast: [],
    issue(request) {
      const made = issue({
        ...dates,
        issuer: issuing,
        ...request,
        extra: [...(request.extra ?? [asksOcsp])],
      });
      known.push(made);
      return made;
    },
    services: {
      anchors: [parseCertificate(root.certificate)],
      now: () => network.now,
      async timestamp(request) {
        reach('tsa');
        const [, imprint, nonce] = sequenceOf(readOuter(request));
        const token = tokenByHand({
          signer: network.tsa,
          imprint: octetString(sequenceOf(imprint)[1]),
          nonce: integerBytes(nonce),
          time: network.now,
          certificates: [network.tsa.certificate, ...network.tsa.chain, ...network.ballast],
        });
        return sequence(sequence(integer(0)), token);
      },
      async ocsp(url, request) {
        reach('ocsp', url);
        const [list, extensions] = sequenceOf(sequenceOf(readOuter(request))[0]);
        const [single] = sequenceOf(list);
        const serial = sequenceOf(sequenceOf(single)[0])[3];
        const about = known.find(
          ({ certificate }) =>
            Buffer.compare(parseCertificate(certificate).serialDer, serial ? rawOf(serial) : Buffer.of()) ===
            0,
        );
        if (!about || !extensions) throw new Error('nobody knows that certificate');
        const gone = network.revoked.find(({ certificate }) => certificate === about);
        return ocspByHand({
          certificate: about,
          issuer: issuing,
          signer: issuing,
          along: [],
          thisUpdate: network.now,
          ...(gone ? { status: 'revoked', revokedAt: gone.at } : {}),
        });
      },
      async crl(url) {
        reach('crl', url);
        return listByHand({
          issuer: url.includes('root') ? root : issuing,
          thisUpdate: network.now,
          revoked: network.revoked,
        });
      },
      async issuer(url) {
        reach('issuer', url);
        return [issuing.certificate];
      },
    },
  };
  function reach(who: 'tsa' | 'ocsp' | 'crl' | 'issuer', url = ''): void {
    network.asked.push(who);
    if (network.down.has(who)) throw new AppError('NETWORK_FAILED', { host: url, reason: 'UNREACHABLE' });
  }
  network.tsa = newTsa(network, '2030-01-01T00:00:00Z');
  return network;
}

export const newTsa = (network: FakeNetwork, notAfter: string): TestCertificate =>
  network.issue({
    name: `TSA ${notAfter}`,
    notAfter,
    purposes: ['1.3.6.1.5.5.7.3.8'],
    usages: ['digitalSignature'],
  });

const rawOf = (element: { source: Uint8Array; start: number; end: number }): Uint8Array =>
  element.source.subarray(element.start, element.end);

/** An octet string that is no certificate and passes as ballast in a token. */
export const ballast = (octets: number): Buffer => sequence(octetStringOf(Buffer.alloc(octets)), tlv(0x05));
