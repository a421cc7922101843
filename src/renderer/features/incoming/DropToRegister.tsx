/** A file dropped on the list of letters is registered; its twin is the button beside the folders. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { go, useMay } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { takeFiles } from './entry.ts';

const hasFiles = (event: React.DragEvent): boolean => [...event.dataTransfer.types].includes('Files');

export function DropToRegister(props: { readonly children: ReactNode }): ReactElement {
  const words = useText().incoming;
  const may = useMay()('incoming.register');
  const [over, setOver] = useState(false);
  return (
    <div
      className="register-drop"
      onDragOver={(event) => {
        if (!may || !hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        if (!may || !hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void takeFiles([...event.dataTransfer.files], true);
        go({ at: 'register' });
      }}
    >
      {props.children}
      {over && <p className="register-drop-over">{words.dropHere}</p>}
    </div>
  );
}
