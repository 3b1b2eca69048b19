import { type ITouchEvent, View } from '@tarojs/components';
import type { CSSProperties, ReactNode } from 'react';
import { type Spoken, isH5, spoken } from '@/platform';
import { classNames } from './class-names';

export interface TapProps extends Omit<Spoken, 'focusable'> {
  readonly onTap?: ((event?: ITouchEvent) => void) | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties;
  readonly children?: ReactNode;
}

/** Everything that can be touched: also with the keyboard, and said aloud as what it is. */
export function Tap({
  onTap,
  className,
  style,
  children,
  role = 'button',
  disabled = false,
  ...said
}: TapProps) {
  const active = onTap !== undefined && !disabled;
  const keyboard = isH5 && active ? { onKeyDown: pressOnEnter } : {};
  return (
    <View
      className={classNames('tap', disabled && 'tap--off', className)}
      {...(style === undefined ? {} : { style })}
      {...(active
        ? {
            onClick: (event: ITouchEvent) => {
              // A button on a card that can be tapped too: one tap is for one of them.
              event.stopPropagation();
              onTap(event);
            },
            hoverClass: 'tap--pressed',
          }
        : {})}
      {...keyboard}
      {...spoken({ ...said, role, disabled, focusable: active })}
    >
      {children}
    </View>
  );
}

/** Enter and space press it, as they press a real button. */
export function pressOnEnter(event: KeyboardEvent): void {
  const element = event.currentTarget;
  if ((event.key !== 'Enter' && event.key !== ' ') || event.target !== element) return;
  event.preventDefault();
  if (element instanceof HTMLElement) element.click();
}
