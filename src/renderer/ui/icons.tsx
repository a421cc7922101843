/** Our own line icons: 20 × 20, strokes of 1.5, drawn for this application. */
import type { ReactElement } from 'react';

const shapes = {
  home: 'M3 9.2 10 3.5l7 5.7M5 8v8.5h10V8M8.2 16.5v-4.7h3.6v4.7',
  letters: 'M2.8 4.8h14.4v10.4H2.8zM3.2 5.4 10 11l6.8-5.6',
  verify: 'M10 2.6 16.2 5v4.6c0 3.8-2.5 6.4-6.2 7.8-3.7-1.4-6.2-4-6.2-7.8V5zM7.2 9.9l2 2 3.7-4',
  bell: 'M5 13.6V9.2a5 5 0 0 1 10 0v4.4l1.4 1.6H3.6zM8.4 17.2a1.8 1.8 0 0 0 3.2 0',
  settings: 'M3 5.8h7.2M13.8 5.8H17M3 14.2h3.2M9.8 14.2H17M12 4v3.6M8 12.4V16M3 10h10M16 10h1M14.5 8.4v3.2',
  lock: 'M4.8 9h10.4v7.6H4.8zM7 9V6.4a3 3 0 0 1 6 0V9M10 12v1.8',
  key: 'M6.6 6.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2M10.2 10h7v3.2M14 10v2.4',
  draft: 'M4.5 3h7.2l3.8 3.8V17h-11zM11.5 3v4h4M7 10.5h6M7 13.5h4',
  outgoing: 'M3 9.6 17 3.4l-4.4 13.2-3.4-4.8zM9.2 11.8 17 3.4',
  incoming: 'M3 11.2 5 4h10l2 7.2v5H3zM3 11.2h4l1.2 2h3.6l1.2-2h4M10 4.8v4.4M8 7.6l2 2 2-2',
  bin: 'M4 5.6h12M8 5.4V3.6h4v1.8M5.4 5.8l.8 11h7.6l.8-11M8.4 8.6v5.4M11.6 8.6v5.4',
  plus: 'M10 4v12M4 10h12',
  check: 'm4.4 10.6 3.7 3.8 7.5-8.6',
  warning: 'M10 3.2 17.6 16.4H2.4zM10 8.2v3.8M10 14.2v.2',
  failed: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4M7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2',
  info: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4M10 9.2v4.6M10 6.3v.2',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'M16.5 10h-13M8.5 5l-5 5 5 5',
  pen: 'm3.4 16.6.9-3.8L13.6 3.5l2.9 2.9-9.3 9.3zM11.6 5.5l2.9 2.9M10.5 16.8h6',
  save: 'M10 3v9M6.4 8.6 10 12.2l3.6-3.6M3.6 13.4v3.2h12.8v-3.2',
  print: 'M5.6 7.4V3h8.8v4.4M5.6 13.6H3V7.6h14v6h-2.6M5.6 11.6h8.8V17H5.6z',
  folder: 'M2.8 5h5l1.6 2h7.8v8.8H2.8z',
  mail: 'M2.8 5.2h14.4v9.6H2.8zM3 5.6l7 5 7-5',
  people:
    'M7.4 9a2.8 2.8 0 1 1 0-5.6 2.8 2.8 0 0 1 0 5.6M2.4 16.4c.3-3 2.2-4.8 5-4.8s4.7 1.8 5 4.8M12.6 3.8a2.6 2.6 0 0 1 0 5M14 12c2 .4 3.2 1.9 3.6 4.4',
  person: 'M10 9.6a3.2 3.2 0 1 1 0-6.4 3.2 3.2 0 0 1 0 6.4M3.8 17c.4-3.4 2.8-5.4 6.2-5.4s5.8 2 6.2 5.4',
  certificate: 'M3 3.8h14v9H9.4M5.6 7h8.8M5.6 9.8h5M5.4 12a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8',
  eye: 'M2.2 10c2-3.6 4.6-5.2 7.8-5.2s5.8 1.6 7.8 5.2c-2 3.6-4.6 5.2-7.8 5.2S4.2 13.6 2.2 10M10 7.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4',
  eyeOff:
    'M2.2 10c2-3.6 4.6-5.2 7.8-5.2s5.8 1.6 7.8 5.2c-2 3.6-4.6 5.2-7.8 5.2S4.2 13.6 2.2 10M4 16.4 16 3.6',
  clock: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4M10 6v4.2l2.8 1.8',
  restore: 'M4 8.4h8.2a3.8 3.8 0 0 1 0 7.6H8M7.2 5 3.8 8.4l3.4 3.4',
  undo: 'M4 8.4h8.2a3.8 3.8 0 0 1 0 7.6H8M7.2 5 3.8 8.4l3.4 3.4',
  redo: 'M16 8.4H7.8a3.8 3.8 0 0 0 0 7.6H12M12.8 5l3.4 3.4-3.4 3.4',
  bold: 'M6 4h4.6a2.9 2.9 0 0 1 0 5.8H6zM6 9.8h5.4a3.1 3.1 0 0 1 0 6.2H6z',
  italic: 'M8.6 4h6M5.4 16h6M11.8 4 8.2 16',
  heading: 'M5 4v12M15 4v12M5 10h10',
  ordered:
    'M9 5.4h8M9 10.2h8M9 15h8M3.4 4.6l1.2-.6v3.4M3.2 9.6c.4-.8 2-.7 2 .3 0 .7-1 1.2-2 2.2h2.2M3.2 13.4h1.9l-1 1.2c1.6 0 1.5 2-.1 1.9l-.9-.2',
  bullet: 'M8 5.4h9M8 10.2h9M8 15h9M4 5.4h.1M4 10.2h.1M4 15h.1',
  indent: 'M3 4.4h14M9 8.2h8M9 12h8M3 15.8h14M3 8l2.6 2.1L3 12.2',
  outdent: 'M3 4.4h14M9 8.2h8M9 12h8M3 15.8h14M5.6 8 3 10.1l2.6 2.1',
  table: 'M3 4.2h14v11.6H3zM3 8h14M3 11.9h14M10 8v7.8',
  remark: 'M3 4.4h14v9.4H9.4L6 16.8v-3H3zM6.2 7.6h7.6M6.2 10.4h5',
  chevron: 'm7.6 4.8 5 5.2-5 5.2',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, small }: { readonly name: IconName; readonly small?: boolean }): ReactElement {
  return (
    <svg className={small ? 'icon icon-small' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

/** The siger, Lampung's crown, reduced to three strokes of gold: the one ornament. */
export function Siger(): ReactElement {
  return (
    <svg className="siger" viewBox="0 0 48 24" aria-hidden="true">
      <path d="M3 20 6 7l5 6 4-9 4 8 5-10 5 10 4-8 4 9 5-6 3 13z" />
      <path d="M8 20.5h32" />
    </svg>
  );
}
