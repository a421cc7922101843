import { z } from 'zod';
import type { CallName, Input } from '../core/contract/api.ts';
import { revocationReasons } from '../core/contract/authority.ts';
import { batchModes, maximumBatch } from '../core/contract/batch.ts';
import { folders, listParts } from '../core/contract/letters.ts';
import { signatureLevels } from '../core/contract/levels.ts';
import { testedServices } from '../core/contract/signing-services.ts';
import { addressSchemas } from './schemas-addresses.ts';
import { archiveSchemas } from './schemas-archive.ts';
import { body, content, kind } from './schemas-letter.ts';
import { numberChoice, numberSchemas } from './schemas-numbers.ts';
import { languages, postStatuses, roles } from '../core/contract/people.ts';
import { dispositionSchemas } from './schemas-dispositions.ts';
import { registerSchemas } from './schemas-registers.ts';
import { searchSchemas } from './schemas-search.ts';
import { reminderSchemas } from './schemas-reminders.ts';
import { reviewSchemas } from './schemas-review.ts';
import { writingSchemas } from './schemas-writing.ts';
import { attachmentSchemas } from './schemas-attachments.ts';
import { templateSchemas } from './schemas-templates.ts';
import { incomingSchemas } from './schemas-incoming.ts';
import { givenFile, report } from './schemas-verification.ts';

/**
 * What the page may send, call by call. Everything has a size: a page that went wrong, or was made to, gets a
 * coded refusal and never reaches a handler.
 */
const nothing = z.strictObject({});
const language = z.enum(languages);
const id = z.uuid();
const line = (max: number): z.ZodString => z.string().max(max);
const passphrase = z.string().min(1).max(1024);
const bytes = (max: number): z.ZodType<Uint8Array> =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= max);
const mebibyte = 1_048_576;

const filled = (max: number): z.ZodString => z.string().trim().min(1).max(max);
const official = z.strictObject({
  name: filled(200),
  frontTitle: line(100),
  backTitle: line(100),
  nip: z.string().regex(/^[0-9 ]{0,25}$/),
  rank: line(100),
  post: filled(200),
  unit: z.string().regex(/^[A-Za-z0-9.-]{1,20}$/),
});
const roleList = z.array(z.enum(roles)).max(roles.length);
const fullDate = z.iso.date();
const unitCode = official.shape.unit;
const post = z.strictObject({
  status: z.enum(postStatuses),
  title: filled(200),
  unit: unitCode,
  from: fullDate,
  until: fullDate.nullable(),
});
const hourOfDay = z.int().min(0).max(24);
const person = official.extend({ username: z.string().regex(/^[a-zA-Z0-9._-]{2,40}$/) });
const letterhead = z.strictObject({
  government: filled(200),
  office: filled(200),
  address: line(300),
  contact: line(300),
  place: filled(100),
});

/** Of revocation lists and answers; what it may look like is the use case's to say. */
const address = line(520).nullable();
const serial = z.string().regex(/^[0-9A-F]{1,64}$/);
const days = z.int().min(1).max(3653).nullable();

export const schemas = {
  'app.status': nothing,
  'app.setLanguage': z.strictObject({ language }),
  'policy.read': z.strictObject({ language }),
  'policy.acknowledge': z.strictObject({ version: line(40), language }),
  'vault.create': z.strictObject({
    language,
    policyVersion: line(40),
    person,
    letterhead,
    accountPassphrase: passphrase,
    signingPassphrase: passphrase,
  }),
  'vault.unlock': z.strictObject({ accountId: id, passphrase }),
  'vault.lock': nothing,
  'vault.seal': nothing,
  'vault.rekey': z.strictObject({ accountPassphrase: passphrase }),
  'vault.salvage': z.strictObject({ accountId: id, passphrase }),
  'security.read': nothing,
  'security.save': z
    .strictObject({
      idleMinutes: z.int().min(1).max(240),
      sealAfterHours: z.int().min(1).max(72),
      workFrom: hourOfDay,
      workUntil: hourOfDay,
    })
    .refine((hours) => hours.workFrom < hours.workUntil),
  'services.read': nothing,
  'services.save': z.strictObject({
    level: z.enum(signatureLevels),
    tsa: line(500),
    revocation: z.boolean(),
  }),
  'services.saveGateway': z.strictObject({
    gateway: z
      .strictObject({
        url: filled(500),
        version: z.union([z.literal(1), z.literal(2)]),
        user: filled(200),
        password: passphrase.nullable(),
        authority: z.union([bytes(mebibyte), z.literal('keep'), z.literal('system')]),
      })
      .nullable(),
  }),
  'services.removeDriver': z.strictObject({ id }),
  'services.test': z.strictObject({ what: z.enum(testedServices) }),
  'vault.recover': z.strictObject({ recoveryKey: line(200), accountId: id, accountPassphrase: passphrase }),
  'vault.newRecoveryKey': z.strictObject({ accountPassphrase: passphrase }),
  'account.changePassphrase': z.strictObject({ current: passphrase, next: passphrase }),
  'account.changeSigningPassphrase': z.strictObject({ current: passphrase, next: passphrase }),
  'account.restoreKey': z.strictObject({
    accountPassphrase: passphrase,
    nextPassphrase: passphrase,
    signingPassphrase: passphrase,
  }),
  'people.list': nothing,
  'people.add': z.strictObject({ person, roles: roleList, initialPassphrase: passphrase }),
  'people.setRoles': z.strictObject({ accountId: id, roles: roleList }),
  'people.addPost': z.strictObject({ accountId: id, post }),
  'people.endPost': z.strictObject({ accountId: id, postId: id, until: fullDate }),
  'people.resetPassphrase': z.strictObject({ accountId: id, initialPassphrase: passphrase }),
  'people.beforeRevoking': z.strictObject({ accountId: id }),
  'people.revoke': z.strictObject({ accountId: id, accountPassphrase: passphrase }),
  'units.list': nothing,
  'units.save': z.strictObject({ code: unitCode, name: filled(200), parent: unitCode.nullable() }),
  'deputies.list': nothing,
  'deputies.add': z.strictObject({ principalId: id, deputyId: id, from: fullDate, until: fullDate }),
  'deputies.end': z.strictObject({ id }),
  'people.save': z.strictObject({ accountId: id, official }),
  'people.activate': z.strictObject({
    policyVersion: line(40),
    language,
    accountPassphrase: passphrase,
    signingPassphrase: passphrase,
  }),
  'office.read': nothing,
  'office.save': letterhead,
  'identity.list': nothing,
  'identity.importP12': z.strictObject({
    bytes: bytes(mebibyte),
    p12Passphrase: z.string().max(1024),
    signingPassphrase: passphrase,
  }),
  'identity.createTest': z.strictObject({ signingPassphrase: passphrase }),
  'kinds.list': nothing,
  'identity.tokens': nothing,
  'identity.addToken': z.strictObject({
    driver: id,
    token: line(64),
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    pin: passphrase,
  }),
  'identity.addGateway': z.strictObject({ signer: filled(255), passphrase }),
  'letters.list': z.strictObject({ folder: z.enum(folders), only: z.enum(listParts).optional() }),
  'letters.get': z.strictObject({ id }),
  'letters.create': z.strictObject({ kind }),
  'letters.saveDraft': z.strictObject({ id, revision: z.int().min(1), content }),
  'letters.discard': z.strictObject({ id }),
  'letters.restore': z.strictObject({ id }),
  'letters.preview': z.strictObject({ id }),
  'letters.sign': z.strictObject({
    id,
    revision: z.int().min(1),
    signingPassphrase: passphrase,
    identityId: id.optional(),
    numbering: numberChoice.optional(),
  }),
  'letters.complete': z.strictObject({ id }),
  'letters.cancelReservation': z.strictObject({ id, reason: filled(500) }),
  'letters.document': z.strictObject({ id }),
  'letters.verify': z.strictObject({ id }),
  'letters.markRead': z.strictObject({ id }),
  'letters.readers': z.strictObject({ id }),
  ...attachmentSchemas,
  'letters.grant': z.strictObject({ id, accountId: id }),
  'letters.withdraw': z.strictObject({ id, accountId: id }),
  ...reviewSchemas,
  ...dispositionSchemas,
  ...writingSchemas(body),
  'batch.check': z.strictObject({ ids: z.array(id).min(1).max(maximumBatch) }),
  'batch.start': z.strictObject({
    letters: z
      .array(z.strictObject({ id, revision: z.int().min(1) }))
      .min(1)
      .max(maximumBatch),
    mode: z.enum(batchModes),
    signingPassphrase: passphrase,
    identityId: id.optional(),
  }),
  'batch.status': nothing,
  'batch.items': nothing,
  'batch.pause': nothing,
  'batch.resume': z.strictObject({ signingPassphrase: passphrase }),
  'batch.next': z.strictObject({ letterId: id }),
  'batch.skip': z.strictObject({ letterId: id }),
  'batch.dismiss': nothing,
  ...numberSchemas,
  ...registerSchemas,
  ...addressSchemas,
  ...archiveSchemas,
  ...searchSchemas,
  'home.counters': nothing,
  ...reminderSchemas,
  'notices.list': nothing,
  'notices.markRead': z.strictObject({ id }),
  'verify.file': givenFile.extend({ online: z.boolean().optional() }),
  'verify.report': givenFile,
  'verify.show': givenFile.extend({ revision: z.int().min(1).max(100_000).nullable() }),
  'trust.list': nothing,
  'trust.add': z.strictObject({ bytes: bytes(mebibyte), psre: z.boolean() }),
  'trust.addOwn': z.strictObject({ identityId: id }),
  'trust.remove': z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
  'authority.status': nothing,
  'authority.create': z.strictObject({
    organisation: filled(64),
    passphrase,
    crlUrl: address,
    ocspUrl: address,
  }),
  'authority.adopt': z.strictObject({ authority: bytes(64 * mebibyte), passphrase }),
  'authority.mine': nothing,
  'authority.request': z.strictObject({ signingPassphrase: passphrase }),
  'authority.withdraw': z.strictObject({ id }),
  'authority.approve': z.strictObject({ id, passphrase, days }),
  'authority.refuse': z.strictObject({ id, reason: filled(500) }),
  'authority.readRequest': z.strictObject({ request: bytes(mebibyte) }),
  'authority.issue': z.strictObject({
    request: bytes(mebibyte),
    kind: z.enum(['person', 'office']),
    name: filled(64).nullable(),
    days,
    passphrase,
  }),
  'authority.renew': z.strictObject({ serial, days, passphrase }),
  'authority.revoke': z.strictObject({ serial, reason: z.enum(revocationReasons), passphrase }),
  'statement.check': z.strictObject({ text: line(1000) }),
  'statement.scan': z.strictObject({ name: line(1000), bytes: bytes(64 * mebibyte) }),
  'statement.findLetter': z.strictObject({
    number: line(200),
    date: fullDate,
    digest: z.string().regex(/^[0-9a-f]{40}$/),
  }),
  'statement.offices': nothing,
  'statement.card': nothing,
  'statement.certify': z.strictObject({ signingPassphrase: passphrase }),
  'statement.newKey': nothing,
  'statement.readCard': z.strictObject({ card: bytes(mebibyte) }),
  'statement.addOffice': z.strictObject({ card: bytes(mebibyte), fingerprint: line(200).nullable() }),
  'statement.removeOffice': z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
  'backup.status': nothing,
  'backup.run': nothing,
  'audit.list': z.strictObject({ before: z.int().min(1).nullable() }),
  'audit.check': nothing,
  'mydata.read': nothing,
  'mydata.requestDeletion': z.strictObject({ reason: filled(1000) }),
  'mydata.withdrawRequest': z.strictObject({ id }),
  'requests.list': nothing,
  'requests.answer': z.strictObject({
    id,
    decision: z.enum(['granted', 'refused']),
    answer: line(1000),
    legalBasis: line(500),
  }),
  ...templateSchemas,
  ...incomingSchemas,
  'changes.since': z.strictObject({ seq: z.int().min(0) }),
  'desktop.saveLetter': z.strictObject({ id }),
  'desktop.showSaved': z.strictObject({ id }),
  'desktop.mailLetter': z.strictObject({ id }),
  'desktop.chooseBackupFolder': nothing,
  'desktop.chooseDriver': nothing,
  'desktop.restoreBackup': nothing,
  'desktop.exportAudit': z.strictObject({ signingPassphrase: passphrase }),
  'desktop.exportMyData': nothing,
  'desktop.exportReports': z.strictObject({
    format: z.enum(['csv', 'json']),
    language,
    reports: z.array(report).max(2000),
  }),
  'desktop.saveReport': givenFile,
  'desktop.givenFiles': nothing,
  'desktop.readGiven': z.strictObject({ id }),
  'desktop.saveCard': nothing,
  'desktop.print': nothing,
  'desktop.saveLeaflet': nothing,
  'desktop.saveAnchor': nothing,
  'desktop.saveCertificate': z.strictObject({ serial }),
  'desktop.saveRevocations': z.strictObject({ of: z.enum(['issuing', 'root']), passphrase }),
  'desktop.saveAuthorityCopy': z.strictObject({ passphrase }),
  'desktop.testNotice': nothing,
  'desktop.quit': nothing,
} satisfies { readonly [N in CallName]: z.ZodType<Input<N>> };
