/** The desk: rail at the left, the chosen screen beside it. */
import { useEffect, useRef, type ReactElement } from 'react';
import type { Session } from '../../main/core/contract/index.ts';
import { eletter } from '../lib/bridge.ts';
import { useReading } from '../lib/calls.ts';
import { useText } from '../lib/i18n/index.ts';
import { useKinds } from '../lib/kinds.ts';
import { Archive } from '../features/archive/Archive.tsx';
import { ApproveMany } from '../features/review/ApproveMany.tsx';
import { BatchDesk } from '../features/batch/BatchDesk.tsx';
import { Home } from '../features/home/Home.tsx';
import { Register } from '../features/incoming/Register.tsx';
import { Letters } from '../features/letters/Letters.tsx';
import { KindChooser } from '../features/letters/KindChooser.tsx';
import { MergeDesk } from '../features/merge/MergeDesk.tsx';
import { Notices } from '../features/notices/Notices.tsx';
import { Books } from '../features/registers/Books.tsx';
import { Search } from '../features/search/Search.tsx';
import { Settings } from '../features/settings/Settings.tsx';
import { Verify } from '../features/verify/Verify.tsx';
import { KeySheet } from './KeySheet.tsx';
import { watchKeys } from './keys.ts';
import { Rail } from './Rail.tsx';
import { useApp } from './app-store.ts';

export function Shell({
  session,
  version,
}: {
  readonly session: Session;
  readonly version: string;
}): ReactElement {
  const text = useText();
  const { route, choosingKind, showingKeys } = useApp();
  useKinds();
  const notices = useReading('notices', () => eletter.notices.list({}));
  const unread = notices.value?.filter((notice) => notice.readAt === null).length ?? 0;
  const proposals = useReading('archive-proposals', () => eletter.archive.proposals({}));
  const archive = {
    seen: proposals.value?.length ?? 0,
    waiting: proposals.value?.filter((one) => one.mine).length ?? 0,
  };
  const waiting = useReading('waiting-total', () => eletter.home.total({})).value?.count ?? 0;
  const desk = useRef<HTMLElement>(null);

  useEffect(watchKeys, []);
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${text.app.name}` : text.app.name;
  }, [waiting, text]);

  return (
    <div className="shell">
      <a
        className="skip"
        href="#desk"
        onClick={(event) => {
          event.preventDefault();
          desk.current?.focus();
        }}
      >
        {text.app.skip}
      </a>
      <Rail route={route} waiting={waiting} unread={unread} archive={archive} session={session} />
      <main id="desk" className="desk" ref={desk} tabIndex={-1}>
        {route.at === 'home' && <Home session={session} notices={notices} />}
        {route.at === 'letters' && (
          <Letters
            folder={route.folder}
            id={route.id}
            startOnly={route.only ?? null}
            key={`${route.folder}${route.only ?? ''}`}
          />
        )}
        {route.at === 'verify' && <Verify />}
        {route.at === 'register' && <Register />}
        {route.at === 'numbers' && <Books session={session} />}
        {route.at === 'archive' && (
          <Archive view={route.view} id={route.id} key={`${route.view} ${route.id ?? ''}`} />
        )}
        {route.at === 'search' && <Search id={route.id} />}
        {route.at === 'notices' && <Notices notices={notices} />}
        {route.at === 'settings' && <Settings section={route.section} session={session} version={version} />}
      </main>
      <BatchDesk />
      <ApproveMany />
      <MergeDesk />
      {choosingKind && <KindChooser onClose={() => useApp.setState({ choosingKind: false })} />}
      {showingKeys && <KeySheet onClose={() => useApp.setState({ showingKeys: false })} />}
    </div>
  );
}
