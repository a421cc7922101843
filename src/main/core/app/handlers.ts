import type { EngineCalls } from '../contract/api.ts';
import * as afterSigning from './after-signing.ts';
import * as attachments from './attachments.ts';
import * as addresses from './addresses.ts';
import * as auditing from './auditing.ts';
import * as authority from './authority.ts';
import * as authorityDesk from './authority-desk.ts';
import * as authorityFiles from './authority-files.ts';
import * as certificateRequests from './certificate-requests.ts';
import * as backups from './backups.ts';
import * as batch from './batch.ts';
import * as deskLevels from './desk-levels.ts';
import * as drafting from './drafting.ts';
import * as identities from './identities.ts';
import * as inbox from './inbox.ts';
import * as numbers from './numbers.ts';
import * as merge from './merge.ts';
import * as myData from './my-data.ts';
import * as otherIdentities from './other-identities.ts';
import * as otherKeys from './other-keys.ts';
import * as paper from './paper.ts';
import * as passphrases from './passphrases.ts';
import * as people from './people.ts';
import * as readers from './readers.ts';
import * as reminders from './reminders.ts';
import * as review from './review.ts';
import * as security from './security.ts';
import * as servicesTest from './services-test.ts';
import * as desk from './signing-desk.ts';
import * as services from './signing-services.ts';
import * as start from './start.ts';
import * as statements from './statements.ts';
import * as textModules from './text-modules.ts';
import * as templates from './templates.ts';
import * as templatesFile from './templates-file.ts';
import * as tools from './tools.ts';
import * as trust from './trust.ts';
import * as verifying from './verifying.ts';
import * as versions from './versions.ts';
import * as waiting from './waiting.ts';
import type { Context } from './context.ts';
import { seal } from './locking.ts';

/** Which function answers which call. */
type Handlers = {
  readonly [N in keyof EngineCalls]: (
    context: Context,
    input: EngineCalls[N]['input'],
  ) => EngineCalls[N]['output'] | Promise<EngineCalls[N]['output']>;
};

export const handlers: Handlers = {
  'app.status': start.status,
  'app.setLanguage': start.setLanguage,
  'policy.read': start.readPolicy,
  'policy.acknowledge': start.acknowledgePolicy,
  'vault.create': start.create,
  'vault.unlock': start.unlock,
  'vault.lock': start.lock,
  'vault.seal': seal,
  'vault.rekey': passphrases.rekey,
  'vault.salvage': backups.salvage,
  'security.read': security.readSecurity,
  'security.save': security.saveSecurity,
  'services.read': services.read,
  'services.save': services.save,
  'services.saveGateway': services.saveGateway,
  'services.addDriver': services.addDriver,
  'services.removeDriver': services.removeDriver,
  'services.test': servicesTest.test,
  'vault.recover': passphrases.recover,
  'vault.newRecoveryKey': passphrases.newRecoveryKey,
  'account.changePassphrase': passphrases.changeAccount,
  'account.changeSigningPassphrase': passphrases.changeSigning,
  'account.restoreKey': passphrases.restoreKey,
  'people.list': people.list,
  'people.add': people.add,
  'people.save': people.save,
  'people.setRoles': people.setRoles,
  'people.addPost': people.addPostTo,
  'people.endPost': people.endPostOf,
  'people.resetPassphrase': people.resetPassphrase,
  'people.beforeRevoking': people.beforeRevoking,
  'people.revoke': people.revoke,
  'people.activate': start.activate,
  'units.list': people.units,
  'units.save': people.saveOneUnit,
  'deputies.list': people.deputies,
  'deputies.add': people.appointDeputy,
  'deputies.end': people.endDeputyNow,
  'office.read': (context) => context.letterhead(),
  'office.save': people.saveOffice,
  'identity.list': identities.list,
  'identity.importP12': identities.importP12,
  'identity.createTest': identities.createTest,
  'kinds.list': drafting.kinds,
  'identity.tokens': otherIdentities.tokens,
  'identity.addToken': otherIdentities.addToken,
  'identity.addGateway': otherIdentities.addGateway,
  'letters.list': inbox.list,
  'letters.get': inbox.get,
  'letters.create': drafting.create,
  'letters.saveDraft': drafting.saveDraft,
  'letters.discard': drafting.discard,
  'letters.restore': drafting.restore,
  'letters.preview': drafting.preview,
  'letters.sign': desk.sign,
  'letters.complete': deskLevels.complete,
  'letters.cancelReservation': desk.cancelReservation,
  'letters.document': inbox.document,
  'letters.verify': inbox.verify,
  'letters.markRead': inbox.markRead,
  'letters.readers': readers.list,
  'letters.grant': readers.grant,
  'letters.withdraw': readers.withdraw,
  'letters.submit': review.submit,
  'letters.recall': review.recall,
  'letters.approve': review.approve,
  'letters.return': review.sendBack,
  'letters.reject': review.reject,
  'letters.reopen': review.reopen,
  'letters.abandon': review.abandon,
  'letters.unlink': afterSigning.unlinkDraft,
  'letters.withdrawSent': afterSigning.withdrawSent,
  'letters.succeed': afterSigning.succeed,
  'versions.list': versions.list,
  'versions.read': versions.read,
  'versions.keep': versions.keep,
  'versions.restore': versions.restore,
  'modules.list': textModules.list,
  'modules.save': textModules.save,
  'modules.remove': textModules.remove,
  'attachments.list': attachments.list,
  'attachments.add': attachments.add,
  'attachments.rename': attachments.rename,
  'attachments.move': attachments.move,
  'attachments.remove': attachments.remove,
  'batch.check': batch.check,
  'batch.start': batch.start,
  'batch.status': batch.status,
  'batch.items': batch.items,
  'batch.pause': batch.pause,
  'batch.resume': batch.resume,
  'batch.next': batch.next,
  'batch.skip': batch.skip,
  'batch.dismiss': batch.dismiss,
  'numbers.books': numbers.books,
  'numbers.entries': numbers.entries,
  'numbers.hold': numbers.hold,
  'numbers.cancel': numbers.cancel,
  'numbers.setClosed': numbers.setClosed,
  'numbers.formats': numbers.formats,
  'numbers.saveFormat': numbers.saveFormat,
  'numbers.settings': numbers.readSettings,
  'numbers.saveSettings': numbers.saveSettings,
  'numbers.usable': numbers.usable,
  'addresses.list': addresses.list,
  'addresses.save': addresses.save,
  'addresses.remove': addresses.remove,
  'addresses.saveGroup': addresses.saveGroup,
  'addresses.removeGroup': addresses.removeGroup,
  'addresses.import': addresses.importTable,
  'addresses.export': addresses.exportTable,
  'merge.check': merge.check,
  'merge.preview': merge.preview,
  'merge.create': merge.create,
  'merge.list': merge.list,
  'merge.get': merge.get,
  'merge.discard': merge.discard,
  'home.counters': inbox.counters,
  'home.waiting': waiting.read,
  'home.total': waiting.total,
  'notices.list': inbox.notices,
  'notices.markRead': inbox.markNotice,
  'notices.markAllRead': waiting.markAllRead,
  'reminders.settings': reminders.readSettings,
  'reminders.saveSettings': reminders.saveSettings,
  'verify.file': verifying.verifyFile,
  'verify.report': verifying.reportFile,
  'verify.show': verifying.showFile,
  'trust.list': trust.list,
  'trust.add': trust.add,
  'trust.addOwn': trust.addOwn,
  'trust.remove': trust.remove,
  'statement.check': paper.check,
  'statement.scan': paper.scan,
  'statement.findLetter': paper.findLetter,
  'authority.status': authorityDesk.status,
  'authority.create': authorityDesk.create,
  'authority.adopt': authorityDesk.adopt,
  'authority.mine': certificateRequests.mine,
  'authority.request': certificateRequests.ask,
  'authority.withdraw': certificateRequests.withdraw,
  'authority.approve': certificateRequests.approve,
  'authority.refuse': certificateRequests.refuse,
  'authority.readRequest': authorityDesk.readRequest,
  'authority.issue': authorityDesk.issue,
  'authority.renew': authorityDesk.renew,
  'authority.revoke': authorityDesk.revoke,
  'authority.leaflet': authorityFiles.leaflet,
  'authority.anchor': authorityFiles.anchor,
  'authority.certificate': authorityFiles.certificate,
  'authority.publish': authorityFiles.publish,
  'authority.copy': authorityFiles.copy,
  'statement.offices': statements.offices,
  'statement.card': statements.card,
  'statement.certify': statements.certify,
  'statement.newKey': statements.newKey,
  'statement.readCard': statements.read,
  'statement.addOffice': statements.addOffice,
  'statement.removeOffice': statements.removeOffice,
  'backup.status': backups.status,
  'backup.run': backups.run,
  'backup.setFolder': backups.setFolder,
  'backup.writeTo': backups.writeTo,
  'vault.check': backups.checkVault,
  'vault.restore': backups.restore,
  'audit.list': auditing.list,
  'audit.check': auditing.check,
  'audit.export': auditing.exportLog,
  'mydata.read': myData.read,
  'mydata.export': myData.exportAll,
  'mydata.requestDeletion': myData.requestDeletion,
  'mydata.withdrawRequest': myData.withdraw,
  'requests.list': myData.listRequests,
  'requests.answer': myData.answer,
  'templates.read': templates.read,
  'templates.preview': templates.preview,
  'templates.keep': templates.keep,
  'templates.save': templates.save,
  'templates.restore': templates.restore,
  'templates.image': templates.image,
  'templates.import': templatesFile.importAll,
  'templates.export': templatesFile.exportAll,
  'changes.since': inbox.changes,
  'tool.caInit': authority.init,
  'tool.caIssue': authority.issue,
  'tool.caLeaflet': authority.leafletOf,
  'tool.caRevoke': authority.revoke,
  'tool.caCrl': authority.crl,
  'tool.caOcsp': authority.ocsp,
  'tool.caList': authority.list,
  'tool.checkBackup': backups.check,
  'tool.gatewaySign': otherKeys.gatewaySign,
  'tool.sign': tools.sign,
  'tool.signFiles': tools.signFiles,
  'tool.timestamp': tools.timestamp,
  'tool.tokenSign': otherKeys.tokenSign,
  'tool.tokens': otherKeys.tokens,
  'tool.renew': tools.renew,
  'tool.certifyCard': tools.certifyOfficeCard,
  'tool.statementCards': tools.readCards,
  'tool.statementCheck': tools.checkScanned,
  'tool.statementScan': tools.scanPaper,
  'tool.typeset': tools.typeset,
  'tool.report': tools.report,
  'tool.verify': tools.verify,
};
