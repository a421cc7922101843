import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { CardReading, KnownOffice, OfficeCard } from '../contract/statement.ts';
import { hasLookalikes, keyFingerprint, readCard, writeCard } from '../statement/index.ts';
import { certifierOf, certifyCard } from './card-certificates.ts';
import type { Context } from './context.ts';
import { requireCurrentIdentity } from './identities.ts';
import {
  asStored,
  cardOf,
  keepOffices,
  listOffices,
  shadowOffices,
  storedOffices,
  type StoredOffice,
} from './known-offices.ts';
import { openSigner } from './desk-keys.ts';
import { keepCertification, ownCard, replaceKey, statementKey } from './statement-keys.ts';

/** This office's card and the cards of others. */

export const offices = (context: Context): KnownOffice[] => listOffices(context);

function requireOwnCard(context: Context): OfficeCard {
  statementKey(context);
  const card = ownCard(context.session().vault.read);
  if (!card) throw new AppError('NOT_FOUND');
  return card;
}

export function card(context: Context): Output<'statement.card'> {
  const own = requireOwnCard(context);
  shadowOffices(context);
  return {
    card: writeCard(own),
    fingerprint: keyFingerprint(own.publicKey),
    fileName: 'kartu-kantor.json',
  };
}

/** By the certificate that the administrator signs with now, which should be the office's own. */
export async function certify(context: Context, input: Input<'statement.certify'>): Promise<KnownOffice[]> {
  const session = context.session();
  const own = requireOwnCard(context);
  const signer = await openSigner(context, requireCurrentIdentity(context, true), input.signingPassphrase);
  const cms = await certifyCard(own, signer);
  // Somebody else may have come meanwhile: nobody signs for them.
  if (context.openSession !== session) throw new AppError('VAULT_LOCKED');
  const { vault } = session;
  const facts = { fingerprint: keyFingerprint(own.publicKey) };
  context.act({ action: 'statement.certified', entity: 'vault', entityId: vault.id, facts }, (db) =>
    keepCertification(db, own, cms),
  );
  shadowOffices(context);
  return listOffices(context);
}

/** Letters that are signed from now on carry statements of the new key; the card must be handed out anew. */
export function newKey(context: Context): KnownOffice[] {
  replaceKey(context);
  shadowOffices(context);
  return listOffices(context);
}

/** What a card says, before anybody lets it in. @throws AppError OFFICE_CARD_UNREADABLE */
export function read(context: Context, input: Input<'statement.readCard'>): CardReading {
  const given = readCard(input.card);
  const replaced = storedOffices(context.session().vault.read).map(cardOf).find(isEarlierOf(given));
  return {
    name: given.name,
    fingerprint: keyFingerprint(given.publicKey),
    certifiedBy: certifierOf(context, given, context.ports.clock.now()),
    retired: given.previous.map((one) => one.until),
    lookalike: hasLookalikes(given.name),
    replaces: replaced?.name ?? null,
  };
}

/** The same key, or one that the new card says its office gave up. */
const isEarlierOf = (card: OfficeCard): ((other: OfficeCard) => boolean) => {
  const keys = [card.publicKey, ...card.previous.map((one) => one.publicKey)].map(keyFingerprint);
  return (other) => keys.includes(keyFingerprint(other.publicKey));
};

/**
 * The card alone proves nothing: it counts once somebody compared its fingerprint with what the office itself says,
 * or where a trusted certificate vouches for it.
 * @throws AppError OFFICE_CARD_UNREADABLE, OFFICE_FINGERPRINT_DIFFERS, OFFICE_CARD_UNCERTIFIED
 */
export function addOffice(context: Context, input: Input<'statement.addOffice'>): KnownOffice[] {
  const given = readCard(input.card);
  const fingerprint = keyFingerprint(given.publicKey);
  const byCertificate = input.fingerprint === null;
  if (input.fingerprint === null) {
    if (certifierOf(context, given, context.ports.clock.now()) === null)
      throw new AppError('OFFICE_CARD_UNCERTIFIED');
  } else if (input.fingerprint.replaceAll(/[\s:]/g, '').toLowerCase() !== fingerprint)
    throw new AppError('OFFICE_FINGERPRINT_DIFFERS');
  const isEarlier = isEarlierOf(given);
  const replaces = storedOffices(context.session().vault.read).filter((one) => isEarlier(cardOf(one)));
  for (const one of replaces) requireSameOffice(given, one, byCertificate);
  return keepOffices(context, 'statement.office-added', fingerprint, (kept, now) => [
    ...kept.filter((one) => !isEarlier(cardOf(one))),
    asStored(given, now, byCertificate),
  ]);
}

/**
 * Which keys an office had before is said by the new card alone: with that word no card takes the place of an office
 * of another name, nor, by a certificate, that of one whose fingerprint somebody compared.
 * @throws AppError OFFICE_TAKES_ANOTHER { name }
 */
function requireSameOffice(given: OfficeCard, kept: StoredOffice, byCertificate: boolean): void {
  const before = cardOf(kept);
  if (keyFingerprint(before.publicKey) === keyFingerprint(given.publicKey)) return;
  if (before.name !== given.name || (byCertificate && !(kept.byCertificate ?? false)))
    throw new AppError('OFFICE_TAKES_ANOTHER', { name: before.name });
}

/** What it signed before is then as unknown as what it signs later. */
export function removeOffice(context: Context, input: Input<'statement.removeOffice'>): KnownOffice[] {
  const { fingerprint } = input;
  return keepOffices(context, 'statement.office-removed', fingerprint, (kept) =>
    kept.filter((one) => keyFingerprint(cardOf(one).publicKey) !== fingerprint),
  );
}
