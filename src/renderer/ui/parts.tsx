/** Small pieces that every screen is made of. */
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { ErrorShape } from '../../main/core/contract/index.ts';
import { droppedFiles } from '../lib/files.ts';
import { useErrorText, useText } from '../lib/i18n/index.ts';
import { dismissMessage, useMessage } from '../lib/messages.ts';
import { Button } from './Button.tsx';
import { Icon, type IconName } from './icons.tsx';

const bannerIcons = { good: 'check', unsure: 'warning', bad: 'failed', plain: 'info' } as const;
type BannerTone = keyof typeof bannerIcons;

export function Banner(props: {
  readonly tone: BannerTone;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** For what appears because of something the person just did. */
  readonly live?: boolean;
}): ReactElement {
  return (
    <div
      className={`banner banner-${props.tone}`}
      {...(props.live ? { role: props.tone === 'bad' ? 'alert' : 'status' } : {})}
    >
      <Icon name={bannerIcons[props.tone]} />
      <div className="grow">{props.children}</div>
      {props.actions && <div className="line">{props.actions}</div>}
    </div>
  );
}

export function ErrorBanner(props: {
  readonly error: ErrorShape;
  readonly onRetry?: () => void;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  return (
    <Banner
      tone="bad"
      live
      actions={props.onRetry && <Button onPress={props.onRetry}>{text.app.retry}</Button>}
    >
      {errorText(props.error)}
    </Banner>
  );
}

export type ChipTone = 'plain' | 'action' | 'good' | 'unsure' | 'bad';

export function Chip(props: {
  readonly tone: ChipTone;
  readonly icon: IconName;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span className={props.tone === 'plain' ? 'chip' : `chip tone-${props.tone}`}>
      <Icon name={props.icon} small />
      {props.children}
    </span>
  );
}

export function Empty(props: {
  readonly icon: IconName;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}): ReactElement {
  return (
    <div className="empty">
      <Icon name={props.icon} />
      <p>{props.children}</p>
      {props.action}
    </div>
  );
}

export function Skeleton({ lines = 6 }: { readonly lines?: number }): ReactElement {
  const text = useText();
  return (
    <div className="skeleton" role="status" aria-label={text.common.loading}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}

/** A button that opens the file chooser, and a place to drop the same file. */
export function FileDrop(props: {
  readonly label: string;
  readonly hint: string;
  readonly accept: readonly string[];
  readonly large?: boolean;
  readonly primary?: boolean;
  readonly describedBy?: string;
  readonly onFile: (file: File) => void;
  /** Takes several files at once, also those of a dropped folder, instead of the first. */
  readonly onFiles?: (files: readonly File[]) => void;
}): ReactElement {
  const take = (files: readonly File[]): void => {
    const [file] = files;
    if (!file) return;
    if (props.onFiles) props.onFiles(files);
    else props.onFile(file);
  };
  const [over, setOver] = useState(false);
  const look = `drop${props.large ? ' drop-large' : ''}${over ? ' drop-over' : ''}`;
  return (
    <div
      className={look}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer, props.onFiles !== undefined).then(take);
      }}
    >
      {props.large && <Icon name="draft" />}
      <FileTrigger
        acceptedFileTypes={props.accept}
        allowsMultiple={props.onFiles !== undefined}
        onSelect={(files) => take([...(files ?? [])])}
      >
        <Button
          kind={props.primary ? 'primary' : 'plain'}
          {...(props.describedBy ? { 'aria-describedby': props.describedBy } : {})}
        >
          {props.label}
        </Button>
      </FileTrigger>
      <span>{props.hint}</span>
    </div>
  );
}

const messageIcons = { done: 'check', note: 'info', failed: 'failed' } as const;

export function MessageBar(): ReactElement {
  const text = useText();
  const message = useMessage((state) => state.message);
  return (
    // The regions stay in the page, so that what is put into them is read out.
    <div className="message-bar" data-react-aria-top-layer="true">
      <div role="status">
        {message && message.tone !== 'failed' && <MessageBox label={text.common.dismiss} />}
      </div>
      <div role="alert">{message?.tone === 'failed' && <MessageBox label={text.common.dismiss} />}</div>
    </div>
  );
}

function MessageBox({ label }: { readonly label: string }): ReactElement | null {
  const message = useMessage((state) => state.message);
  if (!message) return null;
  return (
    <div className={`message message-${message.tone}`}>
      <Icon name={messageIcons[message.tone]} />
      <p className="grow">{message.text}</p>
      <Button kind="quiet" icon="close" aria-label={label} onPress={dismissMessage} />
    </div>
  );
}

/** Work that takes its time: a bar that moves, and what it is doing. */
export function Running({ children }: { readonly children: string }): ReactElement {
  return (
    <div className="running" role="status">
      <progress aria-label={children} />
      <span>{children}</span>
    </div>
  );
}

/** Title of a screen within a screen; takes the focus when it appears. */
export function SubTitle({ children }: { readonly children: ReactNode }): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1} className="screen-title grow">
      {children}
    </h2>
  );
}

/** Title of a screen or a step; takes the focus when the screen changes, so that it is read out. */
export function ScreenTitle({
  children,
  focus,
}: {
  readonly children: ReactNode;
  readonly focus?: boolean;
}): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus]);
  return (
    <h1 ref={heading} tabIndex={-1} className="screen-title">
      {children}
    </h1>
  );
}
