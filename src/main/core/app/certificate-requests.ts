import {
  closeRequest,
  fulfilRequest,
  ownRequests,
  readOpenRequest,
  storeRequest,
  titledName,
} from '../accounts/index.ts';
import { readAuthority } from '../authority/index.ts';
import type { Input } from '../contract/api.ts';
import type { AuthorityStatus, OwnCertificates } from '../contract/authority.ts';
import { AppError } from '../contract/errors.ts';
import { recordChange } from '../letters/index.ts';
import { addPersonNotice } from '../notifications/index.ts';
import { newCertificateRequest, organisationOf } from '../pki/index.ts';
import * as acts from './authority-acts.ts';
import { certificateOf, rowOf } from './authority-acts.ts';
import { describe, keep, keptAuthority, personOf, withKept } from './authority-desk.ts';
import type { Context } from './context.ts';
import { withSigningSecret } from './identities.ts';
import { unitName } from './people.ts';
import { administrators } from './suspicion.ts';

/**
 * How people get a certificate of their office: the person asks, an administrator who holds the authority's
 * passphrase approves, and the certificate is there as the person's own. The key is made in this vault, sealed under
 * the signing passphrase before anything is written, and nobody else ever holds it.
 */
export function mine(context: Context): OwnCertificates {
  const { vault, accountId } = context.session();
  const exists = readAuthority(vault.read) !== null;
  return {
    organisation: exists ? organisationOf(certificateOf(keptAuthority(context).register.root)) : null,
    requests: ownRequests(vault.read, accountId),
  };
}

/** @throws AppError CA_MISSING, CSR_OPEN, SIGNING_PASSPHRASE_WRONG, TOO_MANY_ATTEMPTS */
export async function ask(context: Context, input: Input<'authority.request'>): Promise<OwnCertificates> {
  const { accountId } = context.session();
  const { register } = keptAuthority(context);
  if (mine(context).requests.some(({ state }) => state === 'open')) throw new AppError('CSR_OPEN');
  const me = context.me();
  await withSigningSecret(context, input.signingPassphrase, async (secret) => {
    const made = await newCertificateRequest({
      organisation: organisationOf(certificateOf(register.root)),
      unit: unitName(context, me.unit),
      commonName: titledName(me),
    });
    try {
      context.act({ action: 'authority.requested', entity: 'account', entityId: accountId }, (db, now) => {
        const id = storeRequest(db, accountId, made, secret, now);
        for (const one of administrators(db, now))
          if (one !== accountId) addPersonNotice(db, one, 'certificate-requested', accountId, now);
        recordChange(db, 'authority', id, now);
        recordChange(db, 'notice', accountId, now);
      });
    } finally {
      made.privateKey.fill(0);
    }
  });
  return mine(context);
}

/** @throws AppError NOT_FOUND when it is not one's own, or not open any more. */
export function withdraw(context: Context, input: Input<'authority.withdraw'>): OwnCertificates {
  const { vault, accountId } = context.session();
  const asked = readOpenRequest(vault.read, input.id);
  if (asked.accountId !== accountId) throw new AppError('NOT_FOUND');
  context.act(
    { action: 'authority.request-withdrawn', entity: 'account', entityId: accountId },
    (db, now) => {
      closeRequest(db, asked.id, 'withdrawn', '', now);
      recordChange(db, 'authority', asked.id, now);
    },
  );
  return mine(context);
}

/** @throws AppError NOT_FOUND, CA_*, CERTIFICATE_*, BAD_REQUEST {field} */
export async function approve(context: Context, input: Input<'authority.approve'>): Promise<AuthorityStatus> {
  const { vault } = context.session();
  const asked = readOpenRequest(vault.read, input.id);
  const { accountId } = asked;
  const person = personOf(context, accountId);
  if (person.revoked) throw new AppError('NOT_FOUND');
  // the name is the vault's, whatever the request says
  const order = {
    request: asked.request,
    kind: 'person',
    name: titledName(person),
    days: input.days,
  } as const;
  await withKept(context, input.passphrase, (authority, now) => {
    const made = acts.issue(authority, order, now);
    const { serial, notAfter } = rowOf(made.entry);
    const facts = { serial, name: order.name, until: notAfter.slice(0, 10) };
    context.act({ action: 'authority.approved', entity: 'account', entityId: accountId, facts }, (db) => {
      // somebody may have withdrawn it while the passphrase was being checked
      readOpenRequest(db, asked.id);
      keep(db, authority, made.register, now);
      fulfilRequest(db, asked, acts.chainOf(made.register, made.entry), serial, now);
      addPersonNotice(db, accountId, 'certificate-answered', accountId, now);
      recordChange(db, 'identity', asked.id, now);
      recordChange(db, 'notice', accountId, now);
    });
  });
  return describe(context);
}

/** @throws AppError NOT_FOUND */
export function refuse(context: Context, input: Input<'authority.refuse'>): AuthorityStatus {
  const { accountId, id } = readOpenRequest(context.session().vault.read, input.id);
  const reason = input.reason.trim();
  const facts = { reason };
  context.act({ action: 'authority.refused', entity: 'account', entityId: accountId, facts }, (db, now) => {
    closeRequest(db, id, 'refused', reason, now);
    addPersonNotice(db, accountId, 'certificate-answered', accountId, now);
    recordChange(db, 'authority', id, now);
    recordChange(db, 'notice', accountId, now);
  });
  return describe(context);
}
