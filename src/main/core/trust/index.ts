import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import type { TrustAnchor } from '../contract/verification.ts';
import { parseCertificate, readCertificates } from '../pki/index.ts';
import type { TrustedCertificate } from '../ports.ts';
import { sql, writeWhole, type Vault } from '../vault/index.ts';

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

export interface TrustStore {
  /** Compares the file with the vault's record from now on. */
  attach(vault: Vault): void;
  detach(): void;
  /** What verification may build on; empty when the file was changed from outside. */
  trusted(): TrustedCertificate[];
  /** @throws AppError TRUST_FILE_CHANGED. */
  list(): TrustAnchor[];
  /** @throws AppError ANCHOR_UNREADABLE, ANCHOR_NOT_CA. */
  add(bytes: Uint8Array, psre: boolean, at: Date): void;
  remove(fingerprint: string): void;
}

const metaKey = 'trust-file';

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

  function recorded(): string | null {
    return (
      vault?.read.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${metaKey}`)?.value ?? null
    );
  }

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

  function save(anchors: readonly StoredAnchor[]): void {
    if (!vault) throw new AppError('VAULT_LOCKED');
    const text = JSON.stringify(anchors);
    vault.write((db) =>
      db.run(
        sql`INSERT INTO meta (key, value) VALUES (${metaKey}, ${text}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      ),
    );
    writeWhole(path, Buffer.from(text));
  }

  /** The vault's copy is the one an administrator made; the file is only its shadow. */
  const ours = (): StoredAnchor[] => parse(recorded() ?? '[]');
  const fingerprintOf = (anchor: StoredAnchor): string =>
    createHash('sha256').update(Buffer.from(anchor.certificate, 'base64')).digest('hex');

  return {
    attach(next) {
      vault = next;
    },
    detach() {
      vault = null;
    },
    trusted() {
      if (changedOutside()) return [];
      return parse(fileText()).map((one) => ({
        der: Buffer.from(one.certificate, 'base64'),
        psre: one.psre,
      }));
    },
    list() {
      if (changedOutside()) throw new AppError('TRUST_FILE_CHANGED');
      return parse(fileText()).map((one) => {
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
    add(bytes, psre, at) {
      const anchors = ours();
      for (const der of readCertificates(bytes)) {
        const certificate = parseCertificate(der);
        if (certificate.basicConstraints?.ca !== true)
          throw new AppError('ANCHOR_NOT_CA', { subject: certificate.subject });
        const anchor = { certificate: Buffer.from(der).toString('base64'), psre, addedAt: at.toISOString() };
        if (!anchors.some((one) => one.certificate === anchor.certificate)) anchors.push(anchor);
      }
      save(anchors);
    },
    remove(fingerprint) {
      save(ours().filter((one) => fingerprintOf(one) !== fingerprint));
    },
  };
}
