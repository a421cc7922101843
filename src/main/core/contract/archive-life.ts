/**
 * The life of a file (berkas) and of a proposal to destroy files or to hand them over, as data: the store takes every
 * step from here, the page shows what is allowed from here, docs/archive.md is drawn from here, and a test walks it.
 * Nothing in these tables happens by itself: a period that ends only makes a file one that may be proposed.
 */
export const fileStates = ['open', 'closed', 'proposed', 'destroyed', 'transferred'] as const;
export type FileState = (typeof fileStates)[number];

export const fileActions = [
  'save',
  'file',
  'unfile',
  'close',
  'reopen',
  'hold',
  'lift',
  'propose',
  'free',
  'destroy',
  'transfer',
] as const;
export type FileAction = (typeof fileActions)[number];

/** `keeper`: an archivist, or a registrar of the file's unit. `watcher`: an archivist or an administrator. `proposal`: only as a step of a proposal. */
export type FileActor = 'keeper' | 'reader' | 'watcher' | 'proposal';

/** What must be true besides the state: a legal hold keeps what is in the file, and the file where it is. */
export type FileNeed = 'no-hold';

export interface FileStep {
  readonly action: FileAction;
  readonly from: FileState;
  readonly to: FileState;
  readonly who: FileActor;
  readonly needs: readonly FileNeed[];
}

type FileRow = readonly [FileAction, FileState, FileState, FileActor, ...FileNeed[]];
const fileRows: readonly FileRow[] = [
  // Of a file on hold all but its code.
  ['save', 'open', 'open', 'keeper'],
  // A letter that one reads, into a file of the own unit.
  ['file', 'open', 'open', 'reader'],
  ['unfile', 'open', 'open', 'reader', 'no-hold'],
  ['close', 'open', 'closed', 'keeper'],
  ['reopen', 'closed', 'open', 'keeper', 'no-hold'],
  ['hold', 'open', 'open', 'watcher'],
  ['hold', 'closed', 'closed', 'watcher'],
  ['hold', 'proposed', 'proposed', 'watcher'],
  ['lift', 'open', 'open', 'watcher'],
  ['lift', 'closed', 'closed', 'watcher'],
  ['lift', 'proposed', 'proposed', 'watcher'],
  ['propose', 'closed', 'proposed', 'proposal', 'no-hold'],
  ['free', 'proposed', 'closed', 'proposal'],
  ['destroy', 'proposed', 'destroyed', 'proposal', 'no-hold'],
  ['transfer', 'proposed', 'transferred', 'proposal', 'no-hold'],
];

export const fileLife: readonly FileStep[] = fileRows.map(([action, from, to, who, ...needs]) => ({
  action,
  from,
  to,
  who,
  needs,
}));

export const proposalKinds = ['destruction', 'transfer'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export const proposalStates = [
  'panel',
  'approval',
  'approved',
  'recorded',
  'executed',
  'rejected',
  'withdrawn',
] as const;
export type ProposalState = (typeof proposalStates)[number];

export const proposalActions = [
  'agree',
  'disagree',
  'approve',
  'refuse',
  'record',
  'execute',
  'withdraw',
] as const;
export type ProposalAction = (typeof proposalActions)[number];

/** `member`: of the panel, who has not answered yet. `approver`: whom the proposal names. */
export type ProposalActor = 'member' | 'approver' | 'archivist';

/** What must be true besides the state. */
export type ProposalNeed =
  | 'reason'
  /** No file of the list is on hold. */
  | 'no-hold'
  /** The retention of today is over for every file of the list, and allows the act. */
  | 'due'
  /** What is destroyed is what the berita acara says. */
  | 'as-recorded'
  /** Number and date of ANRI's approval, where the retention is ten years or more. */
  | 'anri'
  /** Number and date of the berita acara, entered by hand. */
  | 'minutes'
  /** The account passphrase once more. */
  | 'passphrase';

export interface ProposalStep {
  readonly action: ProposalAction;
  readonly kind: ProposalKind;
  readonly from: ProposalState;
  readonly to: ProposalState;
  readonly who: ProposalActor;
  readonly needs: readonly ProposalNeed[];
}

type ProposalRow = readonly [
  ProposalAction,
  readonly ProposalKind[],
  ProposalState,
  ProposalState,
  ProposalActor,
  ...ProposalNeed[],
];
const both = proposalKinds;
const proposalRows: readonly ProposalRow[] = [
  // Everybody in the panel has to agree; the last one hands it to the approver.
  ['agree', ['destruction'], 'panel', 'panel', 'member', 'no-hold'],
  ['agree', ['destruction'], 'panel', 'approval', 'member', 'no-hold'],
  ['disagree', ['destruction'], 'panel', 'rejected', 'member', 'reason'],
  ['approve', ['destruction'], 'approval', 'approved', 'approver', 'no-hold', 'anri'],
  // Nothing is lost by handing over: no panel.
  ['approve', ['transfer'], 'approval', 'approved', 'approver', 'no-hold'],
  ['refuse', both, 'approval', 'rejected', 'approver', 'reason'],
  ['record', both, 'approved', 'recorded', 'archivist', 'no-hold', 'minutes'],
  [
    'execute',
    ['destruction'],
    'recorded',
    'executed',
    'approver',
    'no-hold',
    'due',
    'as-recorded',
    'passphrase',
  ],
  ['execute', ['transfer'], 'recorded', 'executed', 'archivist', 'no-hold', 'due', 'passphrase'],
  ['withdraw', ['destruction'], 'panel', 'withdrawn', 'archivist', 'reason'],
  ['withdraw', both, 'approval', 'withdrawn', 'archivist', 'reason'],
  ['withdraw', both, 'approved', 'withdrawn', 'archivist', 'reason'],
  ['withdraw', both, 'recorded', 'withdrawn', 'archivist', 'reason'],
];

export const proposalLife: readonly ProposalStep[] = proposalRows.flatMap(
  ([action, kinds, from, to, who, ...needs]) => kinds.map((kind) => ({ action, kind, from, to, who, needs })),
);

/** Where a proposal begins. */
export const proposalStart: Readonly<Record<ProposalKind, ProposalState>> = {
  destruction: 'panel',
  transfer: 'approval',
};

/** These let go of the files. */
export const isProposalOver = (state: ProposalState): boolean =>
  state === 'executed' || state === 'rejected' || state === 'withdrawn';
