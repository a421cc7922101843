/** How states of the archive look, and retention in words. */
import type { FilePhase, ProposalState, Retention } from '../../../main/core/contract/index.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { ChipTone } from '../../ui/parts.tsx';

export const phaseLooks: Readonly<Record<FilePhase, readonly [ChipTone, IconName]>> = {
  running: ['action', 'folder'],
  active: ['good', 'archive'],
  inactive: ['plain', 'archive'],
  due: ['unsure', 'clock'],
  'no-retention': ['plain', 'archive'],
  proposed: ['unsure', 'people'],
  destroyed: ['plain', 'bin'],
  transferred: ['plain', 'outgoing'],
};

export const proposalLooks: Readonly<Record<ProposalState, readonly [ChipTone, IconName]>> = {
  panel: ['action', 'people'],
  approval: ['action', 'clock'],
  approved: ['good', 'check'],
  recorded: ['good', 'draft'],
  executed: ['plain', 'check'],
  rejected: ['bad', 'failed'],
  withdrawn: ['plain', 'undo'],
};

export const retentionWords = (retention: Retention | null, text: Catalogue): string =>
  retention
    ? text.archive.retention(
        String(retention.active),
        String(retention.inactive),
        text.archive.fates[retention.fate],
      )
    : text.archive.noRetention;
