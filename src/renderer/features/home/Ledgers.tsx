/** The counters: the eight that every official knows in their order, then the person's own work. */
import type { ReactElement } from 'react';
import {
  eightCounters,
  type Counters,
  type EightCounter,
  type Folder,
  type ListPart,
  type Share,
  type Waiting,
} from '../../../main/core/contract/index.ts';
import { go, useMay, type Route } from '../../app/app-store.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';

type OwnWork = Exclude<keyof Counters, EightCounter>;
/** Icon and list of a counter. Every list is as long as its counter says. */
type Place = readonly [icon: IconName, to: Route];

const list = (folder: Folder, only?: ListPart): Route => ({
  at: 'letters',
  folder,
  id: null,
  ...(only ? { only } : {}),
});

const places: Readonly<Record<keyof Counters, Place>> = {
  toSign: ['pen', list('toSign')],
  notSent: ['outgoing', list('notSent')],
  toReview: ['check', list('toReview')],
  incomingUnread: ['incoming', list('incoming', 'unreadTo')],
  notFollowedUp: ['warning', list('notFollowedUp')],
  dispositionsUnread: ['people', list('dispositions', 'unread')],
  dispositionsOpen: ['people', list('dispositions')],
  copiesUnread: ['letters', list('incoming', 'unreadCopies')],
  interrupted: ['warning', list('drafts', 'interrupted')],
  returned: ['remark', list('drafts', 'returned')],
  drafts: ['draft', list('drafts')],
  inProcess: ['clock', list('inProcess')],
  given: ['clock', list('given')],
  sentUnread: ['outgoing', list('outgoing', 'unread')],
};

/** What is stuck first. */
const ownWork: readonly OwnWork[] = ['interrupted', 'returned', 'drafts', 'inProcess', 'given', 'sentUnread'];

export function Ledgers({ waiting }: { readonly waiting: Waiting }): ReactElement {
  const text = useText();
  const may = useMay();
  const { counters, shares } = waiting;
  // Of work that the person's roles never bring there is nothing to say while there is none.
  const brings: Readonly<Partial<Record<EightCounter, boolean>>> = {
    toSign: may('letters.sign'),
    notSent: may('letters.create'),
    toReview: may('letters.approve'),
  };
  const eight = eightCounters.filter((key) => counters[key] > 0 || (brings[key] ?? true));
  const own = ownWork.filter((key) => counters[key] > 0);
  return (
    <>
      {eightCounters.every((key) => counters[key] === 0) && (
        <p className="soft">{text.reminders.nothingWaits}</p>
      )}
      <ul className="ledger">
        {eight.map((key) => (
          <Counter key={key} name={key} value={counters[key]} shares={shares[key] ?? []} />
        ))}
      </ul>
      {own.length > 0 && (
        <>
          <h2 className="section-head">{text.reminders.myWork}</h2>
          <ul className="ledger ledger-quiet">
            {own.map((key) => (
              <Counter key={key} name={key} value={counters[key]} shares={[]} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Counter(props: {
  readonly name: keyof Counters;
  readonly value: number;
  readonly shares: readonly Share[];
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { name, value, shares } = props;
  const [icon, to] = places[name];
  // Whose they are is said where some are another's.
  const parts = shares.some((one) => one.name !== null)
    ? shares.map((one) =>
        one.name === null
          ? text.reminders.forYou(count(one.count, language))
          : text.reminders.forOther(one.name, count(one.count, language)),
      )
    : [];
  return (
    <li>
      <button
        type="button"
        className={value > 0 ? 'ledger-row ledger-row-open' : 'ledger-row'}
        onClick={() => go(to)}
      >
        <Icon name={icon} />
        <span className="grow">
          {text.home.counters[name]}
          {parts.length > 0 && <span className="ledger-shares">{parts.join(' · ')}</span>}
        </span>
        <span className="ledger-count">{count(value, language)}</span>
        <Icon name="chevron" small />
      </button>
    </li>
  );
}
