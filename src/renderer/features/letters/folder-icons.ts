import type { Folder } from '../../../main/core/contract/index.ts';
import type { IconName } from '../../ui/icons.tsx';

export const folderIcons: Readonly<Record<Folder, IconName>> = {
  toSign: 'pen',
  toReview: 'check',
  notFollowedUp: 'warning',
  dispositions: 'people',
  given: 'clock',
  notSent: 'outgoing',
  drafts: 'draft',
  inProcess: 'clock',
  outgoing: 'outgoing',
  incoming: 'incoming',
  unit: 'people',
  discarded: 'bin',
};
