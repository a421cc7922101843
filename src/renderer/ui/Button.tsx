import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon, type IconName } from './icons.tsx';

export interface ButtonProps {
  readonly children?: ReactNode;
  readonly icon?: IconName;
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  readonly isDisabled?: boolean;
  /** Keeps its place and focus while the action runs, and cannot be pressed twice. */
  readonly isPending?: boolean;
  /** Takes the focus when it appears: the safe answer of a dialog. */
  readonly startsFocused?: boolean;
  readonly onPress?: () => void;
  /** Name of a button that shows an icon only, or more than its words say. */
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string;
}

export function Button({
  children,
  icon,
  kind = 'plain',
  type = 'button',
  isPending = false,
  startsFocused = false,
  onPress,
  ...rest
}: ButtonProps): ReactElement {
  const look = [
    'button',
    kind === 'plain' ? '' : `button-${kind}`,
    children === undefined ? 'button-icon' : '',
  ];
  return (
    <AriaButton
      {...rest}
      // A pending form ignores a second submit by itself; a pending button ignores its press.
      {...(onPress ? { onPress: () => (isPending ? undefined : onPress()) } : {})}
      {...(startsFocused ? { autoFocus: true } : {})}
      type={type}
      className={look.filter(Boolean).join(' ')}
      data-pending={isPending || undefined}
    >
      {icon && <Icon name={icon} small={children !== undefined} />}
      {children}
    </AriaButton>
  );
}
