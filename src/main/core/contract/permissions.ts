import type { CoreCallName, PathCalls } from './api.ts';
import type { SecurityClass } from './letters.ts';
import type { Role } from './people.ts';

/**
 * Who may do what: the one matrix, as data. The application asks it before every use case, the lists read the class
 * rules inside their queries, the page shows what it allows, and a test walks all of it.
 */
export type Who =
  /** Before unlock too. */
  | 'anyone'
  /** Unlocked, even when the account still has to be activated or to acknowledge the policy. */
  | 'session'
  /** A person at work, whatever the roles. */
  | 'active'
  /** A person at work who holds one of these roles. */
  | readonly Role[];

export interface Permission {
  readonly who: Who;
  /**
   * Of a use case that names a letter: whose it must be. `author`: one's own. `reader`: one that the class rules let
   * the person see. `participant`: one that the person wrote, or is asked to paraf or to sign. To everybody else such a letter does not exist (NOT_FOUND).
   */
  readonly letter?: 'author' | 'participant' | 'reader';
}

const writers: readonly Role[] = ['drafter', 'signer'];
const administrator: readonly Role[] = ['administrator'];
const registrar: readonly Role[] = ['registrar'];
/** Of the own unit and those below; an administrator of every unit. The use cases ask. */
const bookReaders: readonly Role[] = ['administrator', 'registrar', 'archivist'];
const bookKeepers: readonly Role[] = ['administrator', 'registrar'];
/** An archivist every unit's files, a registrar those of the own unit and below; the use cases ask. */
const fileKeepers: readonly Role[] = ['registrar', 'archivist'];

export type GuardedCall = CoreCallName | keyof PathCalls;

export const permissions: Readonly<Record<GuardedCall, Permission>> = {
  'app.status': { who: 'anyone' },
  'app.setLanguage': { who: 'anyone' },
  'policy.read': { who: 'anyone' },
  'policy.acknowledge': { who: 'session' },
  'vault.create': { who: 'anyone' },
  'vault.unlock': { who: 'anyone' },
  'vault.lock': { who: 'anyone' },
  'vault.seal': { who: 'anyone' },
  'vault.rekey': { who: administrator },
  // Only after the database turned out to be damaged, and with a passphrase; its use case asks for both.
  'vault.salvage': { who: 'anyone' },
  'vault.recover': { who: 'anyone' },
  'vault.newRecoveryKey': { who: administrator },
  'security.read': { who: 'active' },
  'security.save': { who: administrator },
  // Without addresses' secrets and without paths: whoever signs sees what the office signs with.
  'services.read': { who: 'active' },
  'services.save': { who: administrator },
  'services.saveGateway': { who: administrator },
  'services.addDriver': { who: administrator },
  'services.removeDriver': { who: administrator },
  'services.test': { who: administrator },
  'account.changePassphrase': { who: 'active' },
  'account.changeSigningPassphrase': { who: 'active' },
  'account.restoreKey': { who: 'session' },
  'people.list': { who: 'active' },
  'people.add': { who: administrator },
  // Anybody corrects their own data; the use case asks for an administrator where it is somebody else's.
  'people.save': { who: 'active' },
  'people.setRoles': { who: administrator },
  'people.addPost': { who: administrator },
  'people.endPost': { who: administrator },
  'people.resetPassphrase': { who: administrator },
  'people.beforeRevoking': { who: administrator },
  'people.revoke': { who: administrator },
  'people.activate': { who: 'session' },
  'units.list': { who: 'active' },
  'units.save': { who: administrator },
  'deputies.list': { who: 'active' },
  'deputies.add': { who: administrator },
  'deputies.end': { who: administrator },
  'office.read': { who: 'active' },
  'office.save': { who: administrator },
  'identity.list': { who: 'active' },
  // An administrator signs what leaves the audit log.
  'identity.importP12': { who: ['signer', 'administrator'] },
  'identity.createTest': { who: ['signer', 'administrator'] },
  'kinds.list': { who: 'active' },
  'identity.tokens': { who: ['signer'] },
  'identity.addToken': { who: ['signer'] },
  'identity.addGateway': { who: ['signer'] },
  'letters.list': { who: 'active' },
  'letters.get': { who: 'active', letter: 'reader' },
  'letters.create': { who: writers },
  // A reviewer mends words too.
  'letters.saveDraft': { who: [...writers, 'reviewer'], letter: 'participant' },
  'letters.discard': { who: writers, letter: 'author' },
  'letters.restore': { who: writers, letter: 'author' },
  'letters.preview': { who: [...writers, 'reviewer'], letter: 'participant' },
  'letters.submit': { who: writers, letter: 'author' },
  'letters.recall': { who: writers, letter: 'author' },
  'letters.reopen': { who: writers, letter: 'author' },
  'letters.abandon': { who: writers, letter: 'author' },
  'letters.unlink': { who: writers, letter: 'author' },
  // Heads of units give paraf with the role that lets them sign.
  'letters.approve': { who: ['reviewer', 'signer'], letter: 'participant' },
  'letters.return': { who: ['reviewer', 'signer'], letter: 'participant' },
  'letters.reject': { who: ['signer'], letter: 'participant' },
  // Whoever a letter comes to passes it on; the use cases ask whose task it is.
  'dispositions.give': { who: 'active' },
  'dispositions.tree': { who: 'active', letter: 'reader' },
  'dispositions.people': { who: 'active' },
  'dispositions.instructions': { who: 'active' },
  'dispositions.open': { who: 'active' },
  'dispositions.begin': { who: 'active' },
  'dispositions.note': { who: 'active' },
  'dispositions.report': { who: 'active' },
  'dispositions.return': { who: 'active' },
  'dispositions.cancel': { who: 'active' },
  'dispositions.take': { who: 'active' },
  'dispositions.addSubtask': { who: 'active' },
  'dispositions.tickSubtask': { who: 'active' },
  'dispositions.removeSubtask': { who: 'active' },
  'letters.withdrawSent': { who: writers, letter: 'participant' },
  'letters.succeed': { who: writers, letter: 'participant' },
  'letters.sign': { who: ['signer'], letter: 'participant' },
  'letters.complete': { who: ['signer'], letter: 'author' },
  'letters.cancelReservation': { who: writers, letter: 'participant' },
  'letters.document': { who: 'active', letter: 'reader' },
  'letters.verify': { who: 'active', letter: 'reader' },
  'letters.markRead': { who: 'active', letter: 'reader' },
  'letters.readers': { who: 'active', letter: 'reader' },
  'letters.grant': { who: writers, letter: 'author' },
  'letters.withdraw': { who: writers, letter: 'author' },
  'versions.list': { who: writers, letter: 'author' },
  'versions.read': { who: writers, letter: 'author' },
  'versions.keep': { who: writers, letter: 'author' },
  'versions.restore': { who: writers, letter: 'author' },
  // Whose a piece of text is, and who keeps the office's, the use cases ask.
  'modules.list': { who: 'active' },
  'modules.save': { who: 'active' },
  'modules.remove': { who: 'active' },
  'attachments.list': { who: 'active', letter: 'reader' },
  'attachments.add': { who: writers, letter: 'author' },
  'attachments.rename': { who: writers, letter: 'author' },
  'attachments.move': { who: writers, letter: 'author' },
  'attachments.remove': { who: writers, letter: 'author' },
  // Of one's own letters only; the use cases ask.
  'batch.check': { who: ['signer'] },
  'batch.start': { who: ['signer'] },
  'batch.status': { who: ['signer'] },
  'batch.items': { who: ['signer'] },
  'batch.pause': { who: ['signer'] },
  'batch.resume': { who: ['signer'] },
  'batch.next': { who: ['signer'] },
  'batch.skip': { who: ['signer'] },
  'batch.dismiss': { who: ['signer'] },
  'numbers.books': { who: bookReaders },
  'numbers.entries': { who: bookReaders },
  'numbers.hold': { who: bookKeepers },
  'numbers.cancel': { who: bookKeepers },
  'numbers.setClosed': { who: bookKeepers },
  'numbers.formats': { who: bookReaders },
  'numbers.saveFormat': { who: bookKeepers },
  'numbers.settings': { who: bookReaders },
  'numbers.saveSettings': { who: administrator },
  'numbers.usable': { who: ['signer'], letter: 'author' },
  'registers.choices': { who: bookReaders },
  'registers.page': { who: bookReaders },
  // Numbers only; what an archivist keeps is not work that waits.
  'registers.pendency': { who: bookKeepers },
  'registers.print': { who: bookReaders },
  'registers.export': { who: bookReaders },
  'registers.sheet': { who: 'active', letter: 'reader' },
  'dispatch.list': { who: 'active', letter: 'reader' },
  // Of one's own letters, and of the unit's for its registrar; the use cases ask.
  'dispatch.record': { who: [...writers, 'registrar'], letter: 'participant' },
  'dispatch.void': { who: [...writers, 'registrar'], letter: 'participant' },
  // The office's book is written by its registrar and by administrators; the use cases ask whose book it is.
  'addresses.list': { who: 'active' },
  'addresses.save': { who: 'active' },
  'addresses.remove': { who: 'active' },
  'addresses.saveGroup': { who: 'active' },
  'addresses.removeGroup': { who: 'active' },
  'addresses.import': { who: 'active' },
  'addresses.export': { who: 'active' },
  'merge.check': { who: writers, letter: 'author' },
  'merge.preview': { who: writers, letter: 'author' },
  'merge.create': { who: writers, letter: 'author' },
  // Of one's own letters only; the use cases ask.
  'merge.list': { who: writers },
  'merge.get': { who: writers },
  'merge.discard': { who: writers },
  'incoming.look': { who: registrar },
  'incoming.keepForm': { who: registrar },
  'incoming.keptForm': { who: registrar },
  'incoming.check': { who: registrar },
  'incoming.register': { who: registrar },
  // Of the own unit, or entered by oneself; the use cases ask.
  'incoming.correct': { who: registrar },
  'incoming.void': { who: registrar },
  'incoming.read': { who: 'active', letter: 'reader' },
  // For an addressee: oneself, whom one stands in for, and a registrar for their unit; the use cases ask.
  'incoming.claim': { who: 'active' },
  'incoming.unclaim': { who: 'active' },
  'incoming.settle': { who: 'active' },
  'incoming.reopen': { who: 'active' },
  'incoming.reply': { who: writers, letter: 'reader' },
  // The codes are no secret: everybody files. Files and letters are counted for those who keep them.
  'archive.tree': { who: 'active' },
  'archive.importTree': { who: ['administrator', 'archivist'] },
  'archive.exportTree': { who: ['administrator', 'archivist'] },
  'archive.files': { who: bookReaders },
  'archive.file': { who: bookReaders },
  'archive.saveFile': { who: fileKeepers },
  'archive.close': { who: fileKeepers },
  'archive.reopen': { who: fileKeepers },
  'archive.hold': { who: ['administrator', 'archivist'] },
  'archive.lift': { who: ['administrator', 'archivist'] },
  'archive.filing': { who: 'active', letter: 'reader' },
  'archive.fileLetter': { who: 'active', letter: 'reader' },
  'archive.unfileLetter': { who: 'active', letter: 'reader' },
  // Whom a proposal names, whatever the roles; the use cases ask.
  'archive.proposals': { who: 'active' },
  'archive.proposal': { who: 'active' },
  'archive.propose': { who: ['archivist'] },
  'archive.vote': { who: 'active' },
  'archive.approve': { who: 'active' },
  'archive.refuse': { who: 'active' },
  'archive.withdraw': { who: ['archivist'] },
  'archive.record': { who: ['archivist'] },
  'archive.execute': { who: 'active' },
  'archive.minutes': { who: 'active' },
  'archive.package': { who: ['archivist'] },
  'search.find': { who: 'active' },
  'search.facets': { who: 'active' },
  'search.list': { who: 'active' },
  'search.save': { who: 'active' },
  'search.rename': { who: 'active' },
  'search.remove': { who: 'active' },
  'home.counters': { who: 'active' },
  'home.waiting': { who: 'active' },
  'home.total': { who: 'active' },
  'notices.list': { who: 'active' },
  'notices.markRead': { who: 'active' },
  'notices.markAllRead': { who: 'active' },
  'reminders.settings': { who: 'active' },
  'reminders.saveSettings': { who: administrator },
  'verify.file': { who: 'anyone' },
  'verify.report': { who: 'anyone' },
  'verify.show': { who: 'anyone' },
  'trust.list': { who: 'anyone' },
  'trust.add': { who: administrator },
  'trust.addOwn': { who: administrator },
  'trust.remove': { who: administrator },
  'statement.check': { who: 'anyone' },
  'statement.scan': { who: 'anyone' },
  // Of letters that the person may read; the use case asks.
  'statement.findLetter': { who: 'active' },
  'authority.status': { who: administrator },
  'authority.create': { who: administrator },
  'authority.adopt': { who: administrator },
  'authority.mine': { who: ['signer', 'administrator'] },
  'authority.request': { who: ['signer', 'administrator'] },
  'authority.withdraw': { who: ['signer', 'administrator'] },
  'authority.approve': { who: administrator },
  'authority.refuse': { who: administrator },
  'authority.readRequest': { who: administrator },
  'authority.issue': { who: administrator },
  'authority.renew': { who: administrator },
  'authority.revoke': { who: administrator },
  'authority.leaflet': { who: administrator },
  'authority.anchor': { who: administrator },
  'authority.certificate': { who: administrator },
  'authority.publish': { who: administrator },
  'authority.copy': { who: administrator },
  'statement.offices': { who: 'active' },
  'statement.card': { who: administrator },
  'statement.certify': { who: administrator },
  'statement.newKey': { who: administrator },
  'statement.readCard': { who: administrator },
  'statement.addOffice': { who: administrator },
  'statement.removeOffice': { who: administrator },
  'backup.status': { who: 'active' },
  'backup.run': { who: 'active' },
  'backup.setFolder': { who: administrator },
  'backup.writeTo': { who: 'active' },
  'vault.check': { who: 'active' },
  // Over an existing vault its use case asks for an administrator; into an empty place anyone may restore.
  'vault.restore': { who: 'anyone' },
  'audit.list': { who: administrator },
  'audit.check': { who: administrator },
  'audit.export': { who: administrator },
  'mydata.read': { who: 'active' },
  'mydata.export': { who: 'active' },
  'mydata.requestDeletion': { who: 'active' },
  'mydata.withdrawRequest': { who: 'active' },
  'requests.list': { who: administrator },
  'requests.answer': { who: administrator },
  'templates.read': { who: administrator },
  'templates.preview': { who: administrator },
  'templates.keep': { who: administrator },
  'templates.save': { who: administrator },
  'templates.restore': { who: administrator },
  'templates.image': { who: administrator },
  'templates.import': { who: administrator },
  'templates.export': { who: administrator },
  'changes.since': { who: 'active' },
};

/**
 * Who sees a signed letter of a class besides its author, those it was delivered to and those it was granted to
 * (DOMAIN §3). A draft is its author's alone.
 */
export interface ClassRule {
  /** Content is sealed to the account keys of those entitled; nobody else can read it, whatever their role. */
  readonly sealed: boolean;
  /** Roles that see letters sent from, or received by, their own unit. */
  readonly inUnit: readonly Role[];
  /** Roles that see letters of every unit. */
  readonly everywhere: readonly Role[];
  /** Whoever stands in for a receiver reads it too; a sealed one is sealed to their key when it is signed. */
  readonly deputies: boolean;
}

export const classRules: Readonly<Record<SecurityClass, ClassRule>> = {
  biasa: { sealed: false, inUnit: ['registrar'], everywhere: ['archivist'], deputies: true },
  terbatas: { sealed: true, inUnit: [], everywhere: [], deputies: true },
  rahasia: { sealed: true, inUnit: [], everywhere: [], deputies: false },
  'sangat-rahasia': { sealed: true, inUnit: [], everywhere: [], deputies: false },
};

/** Does the matrix let somebody with these roles ask for this at all? Letters are a second question. */
export function mayCall(name: GuardedCall, roles: readonly Role[]): boolean {
  const { who } = permissions[name];
  return typeof who === 'string' || who.some((role) => roles.includes(role));
}
