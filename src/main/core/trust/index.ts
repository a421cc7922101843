import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import type { TrustAnchor } from '../contract/verification.ts';
import { parseCertificate, readCertificates } from '../pki/index.ts';
import type { TrustedCertificate } from '../ports.ts';
import { sql, writeWhole, type Vault, type WriteDb } from '../vault/index.ts';

/**
 * The trust list lives in a file beside the vault, so that letters can be verified before anyone signs in. Its
 * hash and a copy are kept in the vault: a file changed outside the application trusts nobody until an
 * administrator has looked at it.
 */
interface StoredAnchor {
  /** Base64 DER. */
  readonly certificate: string;
  readonly psre: boolean;
  readonly addedAt: string;
}

/** A list to be kept, and the anchors that the change is about. */
export interface NextList {
  readonly text: string;
  readonly fingerprints: readonly string[];
}

export interface TrustStore {
  /** Compares the file with the vault's record from now on. */
  attach(vault: Vault): void;
  detach(): void;
  /** What verification may build on; empty when the file was changed from outside. */
  trusted(): TrustedCertificate[];
  /** @throws AppError TRUST_FILE_CHANGED. */
  list(): TrustAnchor[];
  /**
   * The list with further anchors, or with one taken away; `record` and `shadow` keep it.
   * @throws AppError ANCHOR_UNREADABLE, ANCHOR_NOT_CA.
   */
  with(bytes: Uint8Array, psre: boolean, at: Date): NextList;
  without(fingerprint: string): NextList;
  /** Part of the caller's transaction: the vault's own record of the list. */
  record(db: WriteDb, next: NextList): void;
  /** After that transaction: the file, the record's shadow. A failure is made up for at the next unlock. */
  shadow(): void;
}

const metaKey = 'trust-file';
/** Set while the vault's record is newer than the file. */
const pendingKey = 'trust-file-pending';

export function openTrustStore(path: string): TrustStore {
  let vault: Vault | null = null;

  function fileText(): string {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // No file means no anchors; the vault's copy tells the difference once it is open.
      return '[]';
    }
  }

  const recorded = (): string | null => meta(metaKey);

  const changedOutside = (): boolean => vault !== null && fileText() !== (recorded() ?? '[]');

  function parse(text: string): StoredAnchor[] {
    try {
      const value: unknown = JSON.parse(text);
      return Array.isArray(value)
        ? (value as StoredAnchor[]).filter((one) => typeof one.certificate === 'string')
        : [];
    } catch {
      return [];
    }
  }

  function meta(key: string): string | null {
    return vault?.read.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)?.value ?? null;
  }

  function writeShadow(): void {
    if (!vault) throw new AppError('VAULT_LOCKED');
    writeWhole(path, Buffer.from(recorded() ?? '[]'));
    vault.write((db) => db.run(sql`DELETE FROM meta WHERE key = ${pendingKey}`));
  }

  /** Entries of the file that hold a certificate; the rest is passed over. */
  function readable(): StoredAnchor[] {
    return parse(fileText()).filter((one) => {
      try {
        parseCertificate(Buffer.from(one.certificate, 'base64'));
        return true;
      } catch {
        return false;
      }
    });
  }

  /** The vault's copy is the one an administrator made; the file is only its shadow. */
  const ours = (): StoredAnchor[] => parse(recorded() ?? '[]');
  const fingerprintOf = (anchor: StoredAnchor): string =>
    createHash('sha256').update(Buffer.from(anchor.certificate, 'base64')).digest('hex');

  return {
    attach(next) {
      vault = next;
      if (meta(pendingKey) === null) return;
      try {
        writeShadow();
      } catch {
        // Unlocking matters more; until the file can be written it trusts nobody.
      }
    },
    detach() {
      vault = null;
    },
    trusted() {
      if (changedOutside()) return [];
      // Before unlock nothing vouches for the file: then it may name issuers, but never a PSrE.
      return readable().map((one) => ({
        der: new Uint8Array(Buffer.from(one.certificate, 'base64')),
        psre: vault !== null && one.psre,
      }));
    },
    list() {
      if (changedOutside()) throw new AppError('TRUST_FILE_CHANGED');
      return readable().map((one) => {
        const certificate = parseCertificate(Buffer.from(one.certificate, 'base64'));
        return {
          fingerprint: certificate.fingerprint,
          subject: certificate.subject,
          notAfter: certificate.notAfter.toISOString(),
          psre: one.psre,
          addedAt: one.addedAt,
        };
      });
    },
    with(bytes, psre, at) {
      const anchors = new Map(ours().map((one) => [fingerprintOf(one), one]));
      const fingerprints: string[] = [];
      for (const der of readCertificates(bytes)) {
        const certificate = parseCertificate(der);
        if (certificate.basicConstraints?.ca !== true) {
          throw new AppError('ANCHOR_NOT_CA', { subject: certificate.subject });
        }
        fingerprints.push(certificate.fingerprint);
        const known = anchors.get(certificate.fingerprint);
        const addedAt = known?.addedAt ?? at.toISOString();
        anchors.set(certificate.fingerprint, {
          certificate: Buffer.from(der).toString('base64'),
          psre,
          addedAt,
        });
      }
      return { text: JSON.stringify([...anchors.values()]), fingerprints };
    },
    without(fingerprint) {
      const left = ours().filter((one) => fingerprintOf(one) !== fingerprint);
      return { text: JSON.stringify(left), fingerprints: [fingerprint] };
    },
    record(db, next) {
      for (const [key, value] of [
        [metaKey, next.text],
        [pendingKey, '1'],
      ] as const) {
        db.run(sql`INSERT INTO meta (key, value) VALUES (${key}, ${value})
          ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
      }
    },
    shadow: writeShadow,
  };
}
