import { Button as TaroButton, type ButtonProps as TaroButtonProps, Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import { Tap } from './tap';
import './button.css';

export interface ButtonProps {
  readonly children: string;
  /** Where it answers a promise, the button is busy until that is settled. */
  readonly onTap: () => void | Promise<unknown>;
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  readonly icon?: IconName;
  readonly busy?: boolean;
  /** What it says while busy: 提交中… */
  readonly busyText?: string;
  readonly disabled?: boolean;
  /** As wide as there is room. */
  readonly block?: boolean;
  /** Read aloud in place of the word, where the word needs its surroundings. */
  readonly label?: string;
}

/** A second tap while the first is under way does nothing. */
export function Button(props: ButtonProps) {
  const { children, onTap, kind = 'primary', size = 'normal', icon, disabled = false, block = false } = props;
  const running = useRef(false);
  const [pending, setPending] = useState(false);
  const busy = props.busy === true || pending;

  const press = () => {
    if (running.current || busy) return;
    const result = onTap();
    if (!(result instanceof Promise)) return;
    running.current = true;
    setPending(true);
    const settle = () => {
      running.current = false;
      setPending(false);
    };
    result.then(settle, settle);
  };

  return (
    <Tap
      className={classNames(
        'button',
        `button--${kind}`,
        size === 'small' && 'button--small',
        block && 'button--block',
        (busy || disabled) && 'button--off',
      )}
      onTap={press}
      disabled={disabled || busy}
      label={props.label}
    >
      {busy ? <View className="button__spinner" /> : icon !== undefined && <Icon name={icon} size="small" />}
      <Text className="button__text">{busy ? (props.busyText ?? children) : children}</Text>
    </Tap>
  );
}

export interface WechatButtonProps {
  readonly children: string;
  readonly openType: NonNullable<TaroButtonProps['openType']>;
  readonly kind?: 'primary' | 'plain';
  readonly disabled?: boolean;
  readonly onPhoneNumber?: (code: string | null) => void;
}

/** A button that only WeChat itself can provide: the phone number, sharing. */
export function WechatButton({
  children,
  openType,
  kind = 'primary',
  disabled = false,
  onPhoneNumber,
}: WechatButtonProps) {
  return (
    <TaroButton
      className={classNames(
        'button',
        'button--block',
        'button--wechat',
        `button--${kind}`,
        disabled && 'button--off',
      )}
      openType={openType}
      disabled={disabled}
      onGetPhoneNumber={(event) => {
        const { code } = event.detail;
        onPhoneNumber?.(code === undefined || code === '' ? null : code);
      }}
    >
      {children}
    </TaroButton>
  );
}
