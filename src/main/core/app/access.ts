import type { CoreCallName, PathCalls } from '../contract/api.ts';

/**
 * Who may do what, as data and in one place. `anyone`: before unlock too. `session`: unlocked, even when the
 * account still has to be activated or to acknowledge the policy. `active`: a person at work. `administrator`.
 */
export type Access = 'anyone' | 'session' | 'active' | 'administrator';

export const access: Readonly<Record<CoreCallName | keyof PathCalls, Access>> = {
  'app.status': 'anyone',
  'app.setLanguage': 'anyone',
  'policy.read': 'anyone',
  'policy.acknowledge': 'session',
  'vault.create': 'anyone',
  'vault.unlock': 'anyone',
  'vault.lock': 'anyone',
  'vault.recover': 'anyone',
  'vault.newRecoveryKey': 'administrator',
  'account.changePassphrase': 'active',
  'account.changeSigningPassphrase': 'active',
  'people.list': 'active',
  'people.add': 'administrator',
  'people.save': 'active',
  'people.activate': 'session',
  'office.read': 'active',
  'office.save': 'administrator',
  'identity.list': 'active',
  'identity.importP12': 'active',
  'identity.createTest': 'active',
  'letters.list': 'active',
  'letters.get': 'active',
  'letters.create': 'active',
  'letters.saveDraft': 'active',
  'letters.discard': 'active',
  'letters.restore': 'active',
  'letters.preview': 'active',
  'letters.sign': 'active',
  'letters.cancelReservation': 'active',
  'letters.document': 'active',
  'letters.verify': 'active',
  'letters.markRead': 'active',
  'home.counters': 'active',
  'notices.list': 'active',
  'notices.markRead': 'active',
  'verify.file': 'anyone',
  'trust.list': 'anyone',
  'trust.add': 'administrator',
  'trust.addOwn': 'administrator',
  'trust.remove': 'administrator',
  'backup.status': 'active',
  'backup.run': 'active',
  'backup.setFolder': 'administrator',
  'backup.writeTo': 'active',
  'vault.check': 'active',
  // Over an existing vault its use case asks for an administrator; into an empty place anyone may restore.
  'vault.restore': 'anyone',
  'changes.since': 'active',
};
