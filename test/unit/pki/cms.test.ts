import { constants, createHash, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  explicit,
  implicit,
  integer,
  nullValue,
  objectIdentifier,
  octetStringOf,
  sequence,
  setOfSorted,
  sorted,
  tlv,
} from '../../../src/main/core/pki/der/write.ts';
import {
  buildSignedData,
  DerError,
  findSigner,
  parseCertificate,
  parseSignedData,
  signedDataSize,
  signerFromPkcs8,
  verifySignerInfo,
} from '../../../src/main/core/pki/index.ts';
import type { SignerCheck } from '../../../src/main/core/pki/index.ts';
import { issue, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';

const pki = testPki();
const data = Buffer.from('Dengan hormat,');
const oids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha512: '2.16.840.1.101.3.4.2.3',
  rsa: '1.2.840.113549.1.1.1',
  rsaSha256: '1.2.840.113549.1.1.11',
  rsaSha1: '1.2.840.113549.1.1.5',
  pss: '1.2.840.113549.1.1.10',
};
const dataType = '1.2.840.113549.1.7.1';

const ours = async (who: TestCertificate): Promise<Buffer> => {
  const signer = signerFromPkcs8(who.privateKey, who.certificate, who.chain);
  return buildSignedData({
    signer,
    messageDigest: createHash(signer.algorithm.digest).update(data).digest(),
  });
};

function check(cms: Uint8Array, who: TestCertificate, content = data): SignerCheck {
  const parsed = parseSignedData(cms);
  const [info] = parsed.signerInfos;
  if (!info) throw new Error('no signer');
  return verifySignerInfo(info, parseCertificate(who.certificate), parsed.contentType, [content]);
}

const attribute = (type: string, value: Buffer): Buffer =>
  sequence(objectIdentifier(type), setOfSorted(value));
const algorithm = (oid: string, parameters: Buffer = nullValue()): Buffer =>
  sequence(objectIdentifier(oid), parameters);
const standard = (digest: string): Buffer[] => [
  attribute('1.2.840.113549.1.9.3', objectIdentifier(dataType)),
  attribute('1.2.840.113549.1.9.4', octetStringOf(createHash(digest).update(data).digest())),
];

/** A SignedData put together by hand, to be wrong in one place. */
function crafted(options: {
  who?: TestCertificate;
  digestOid?: string;
  signatureAlgorithm?: Buffer;
  attributes?: Buffer[] | null;
  sign?: (bytes: Buffer) => Buffer;
  signers?: number;
  sid?: Buffer;
}): Buffer {
  const who = options.who ?? pki.rsa;
  const certificate = parseCertificate(who.certificate);
  const attributes = options.attributes === undefined ? standard('sha256') : options.attributes;
  const signedBytes = attributes ? setOfSorted(...attributes) : data;
  const signature = (options.sign ?? ((bytes) => sign('sha256', bytes, who.keys.privateKey)))(signedBytes);
  const info = sequence(
    integer(1),
    options.sid ?? sequence(certificate.issuerDer, certificate.serialDer),
    algorithm(options.digestOid ?? oids.sha256),
    ...(attributes ? [tlv(0xa0, ...sorted(attributes))] : []),
    options.signatureAlgorithm ?? algorithm(oids.rsa),
    octetStringOf(signature),
  );
  const signedData = sequence(
    integer(1),
    setOfSorted(algorithm(options.digestOid ?? oids.sha256)),
    sequence(objectIdentifier(dataType)),
    tlv(0xa0, who.certificate),
    tlv(0x31, ...Array.from({ length: options.signers ?? 1 }, () => info)),
  );
  return sequence(objectIdentifier('1.2.840.113549.1.7.2'), explicit(0, signedData));
}

const good = { digestMatches: true, signature: 'valid', contradictions: [] };

describe('our own SignedData', () => {
  it.each(['rsa', 'p256', 'p384', 'p521'] as const)(
    '%s verifies, and fits the size told beforehand',
    async (kind) => {
      const cms = await ours(pki[kind]);
      expect(check(cms, pki[kind])).toMatchObject({ ...good, signingCertificate: 'match' });
      const signer = signerFromPkcs8(pki[kind].privateKey, pki[kind].certificate, pki[kind].chain);
      expect(cms.length).toBeLessThanOrEqual(signedDataSize(signer));
      expect(signedDataSize(signer) - cms.length).toBeLessThan(8);
    },
  );

  it('no flipped byte in attributes, signature value or certificate leaves it whole', async () => {
    const cms = await ours(pki.p256);
    const certificate = parseCertificate(pki.p256.certificate);
    for (let at = 0; at < cms.length; at++) {
      const flipped = Buffer.from(cms);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      let outcome = 'refused';
      try {
        const parsed = parseSignedData(flipped);
        const [info] = parsed.signerInfos;
        const certificates = parsed.certificates.map(parseCertificate);
        if (info && findSigner(info, certificates)?.fingerprint === certificate.fingerprint) {
          const result = verifySignerInfo(info, certificate, parsed.contentType, [data]);
          const whole =
            result.digestMatches && result.signature === 'valid' && result.contradictions.length === 0;
          if (whole) outcome = 'accepted';
        }
      } catch {
        outcome = 'refused';
      }
      // outside what is signed a byte may change: versions, digestAlgorithms, the other certificates
      if (outcome === 'accepted') expect(coveredBySomething(cms, at), `byte ${at}`).toBe(false);
    }
  });

  it('of two certificates with one name and serial number, the one referred to is the signer', async () => {
    const [info] = parseSignedData(await ours(pki.p256)).signerInfos;
    const real = parseCertificate(pki.p256.certificate);
    const { serial, issuerKey } = real;
    const impostor = { ...parseCertificate(pki.p384.certificate), serial, issuerKey };
    expect(info && findSigner(info, [impostor, real])).toBe(real);
    expect(info && findSigner(info, [impostor])).toBe(impostor);
  });

  it('other content does not match', async () => {
    const result = check(await ours(pki.rsa), pki.rsa, Buffer.from('Dengan hormat.'));
    expect(result).toMatchObject({ digestMatches: false, signature: 'valid' });
  });
});

/** The signed attributes, the signature value and the signer's certificate. */
function coveredBySomething(cms: Buffer, at: number): boolean {
  const [info] = parseSignedData(cms).signerInfos;
  const parts = [info?.signedAttributes?.toBeSigned.subarray(1), info?.signature, pki.p256.certificate];
  return parts.some((part) => {
    const start = part ? cms.indexOf(part) : -1;
    return start >= 0 && part !== undefined && at >= start && at < start + part.length;
  });
}

describe('signers of others', () => {
  it('rsaEncryption as signature algorithm, and a signer named by key identifier', () => {
    expect(check(crafted({}), pki.rsa)).toMatchObject(good);
    const { subjectKeyIdentifier } = parseCertificate(pki.rsa.certificate);
    const sid = implicit(0, octetStringOf(subjectKeyIdentifier ?? Buffer.alloc(0)));
    const [info] = parseSignedData(crafted({ sid })).signerInfos;
    const found =
      info &&
      findSigner(
        info,
        [pki.p256, pki.rsa].map((who) => parseCertificate(who.certificate)),
      );
    expect(found?.commonName).toBe('Siti Żółw Rahayu');
  });

  it('no signed attributes: the signature is over the content', () => {
    const cms = crafted({ attributes: null });
    expect(check(cms, pki.rsa)).toMatchObject({
      digestMatches: null,
      signature: 'valid',
      contradictions: [],
    });
    expect(check(cms, pki.rsa, Buffer.from('lain'))).toMatchObject({ signature: 'invalid' });
  });

  it('indefinite lengths and zero padding', () => {
    const cms = crafted({});
    // the outer header becomes 30 80 … 00 00, then padding as /Contents has it
    const indefinite = Buffer.concat([Buffer.of(0x30, 0x80), cms.subarray(4), Buffer.alloc(2 + 500)]);
    expect(check(indefinite, pki.rsa)).toMatchObject(good);
  });

  it('RSA-PSS with its parameters', () => {
    const pssParameters = (salt: number, hash: string, mask = hash): Buffer =>
      algorithm(
        oids.pss,
        sequence(
          explicit(0, algorithm(hash)),
          explicit(1, algorithm('1.2.840.113549.1.1.8', algorithm(mask))),
          explicit(2, integer(salt)),
        ),
      );
    const pssSign = (bytes: Buffer): Buffer =>
      sign('sha256', bytes, {
        key: pki.rsa.keys.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 32,
      });
    const result = (signatureAlgorithm: Buffer): SignerCheck =>
      check(crafted({ signatureAlgorithm, sign: pssSign }), pki.rsa);
    expect(result(pssParameters(32, oids.sha256))).toMatchObject(good);
    expect(result(pssParameters(20, oids.sha256))).toMatchObject({ signature: 'invalid' });
    expect(result(pssParameters(32, oids.sha512))).toMatchObject({
      contradictions: ['DIGEST_ALGORITHM_MISMATCH'],
    });
    expect(result(pssParameters(32, oids.sha256, oids.sha1))).toMatchObject({ signature: 'unsupported' });
  });
});

describe('lies are named', () => {
  it('the signature algorithm brings another digest than digestAlgorithm', () => {
    const lying = crafted({
      signatureAlgorithm: algorithm(oids.rsaSha1),
      sign: (b) => sign('sha1', b, pki.rsa.keys.privateKey),
    });
    expect(check(lying, pki.rsa).contradictions).toEqual(['DIGEST_ALGORITHM_MISMATCH']);
    const named256signed1 = crafted({
      signatureAlgorithm: algorithm(oids.rsaSha256),
      sign: (b) => sign('sha1', b, pki.rsa.keys.privateKey),
    });
    expect(check(named256signed1, pki.rsa).signature).toBe('invalid');
  });

  it('a DigestInfo without NULL', async () => {
    const { privateEncrypt } = await import('node:crypto');
    const withoutNull = (bytes: Buffer): Buffer =>
      privateEncrypt(
        { key: pki.rsa.keys.privateKey, padding: constants.RSA_PKCS1_PADDING },
        sequence(
          sequence(objectIdentifier(oids.sha256)),
          octetStringOf(createHash('sha256').update(bytes).digest()),
        ),
      );
    expect(check(crafted({ sign: withoutNull }), pki.rsa).signature).toBe('invalid');
  });

  it('content type, missing digest, algorithm protection, signing certificate', () => {
    const [type = data, digest = data] = standard('sha256');
    const contradictions = (...attributes: Buffer[]): readonly string[] =>
      check(crafted({ attributes }), pki.rsa).contradictions;
    expect(contradictions(attribute('1.2.840.113549.1.9.3', objectIdentifier('1.2.3')), digest)).toEqual([
      'CONTENT_TYPE_MISMATCH',
    ]);
    expect(contradictions(digest)).toEqual(['CONTENT_TYPE_MISMATCH']);
    expect(contradictions(type)).toEqual(['MESSAGE_DIGEST_MISSING']);
    const protection = (digestOid: string, signatureOid: string): Buffer =>
      attribute(
        '1.2.840.113549.1.9.52',
        sequence(algorithm(digestOid), implicit(1, algorithm(signatureOid))),
      );
    expect(contradictions(type, digest, protection(oids.sha256, oids.rsa))).toEqual([]);
    expect(contradictions(type, digest, protection(oids.sha1, oids.rsa))).toEqual([
      'ALGORITHM_PROTECTION_MISMATCH',
    ]);
    const reference = (der: Uint8Array): Buffer =>
      attribute(
        '1.2.840.113549.1.9.16.2.47',
        sequence(sequence(sequence(octetStringOf(createHash('sha256').update(der).digest())))),
      );
    expect(contradictions(type, digest, reference(pki.rsa.certificate))).toEqual([]);
    expect(contradictions(type, digest, reference(pki.p256.certificate))).toEqual([
      'SIGNING_CERTIFICATE_MISMATCH',
    ]);
  });

  it('an attribute given twice is refused', () => {
    const [type = data, digest = data] = standard('sha256');
    expect(() => parseSignedData(crafted({ attributes: [type, digest, digest] }))).toThrow(DerError);
  });

  it('a key of another type never fits', () => {
    expect(check(crafted({}), pki.p256)).toMatchObject({ signature: 'invalid' });
    expect(check(crafted({}), issue({ name: 'Lain', kind: 'rsa-2048' }))).toMatchObject({
      signature: 'invalid',
    });
  });

  it('all signers are reported', () => {
    expect(parseSignedData(crafted({ signers: 2 })).signerInfos).toHaveLength(2);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(200)],
    ['a certificate', pki.rsa.certificate],
    ['another content type', sequence(objectIdentifier(dataType), explicit(0, octetStringOf(data)))],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseSignedData(bytes)).toThrow(DerError);
  });
});
