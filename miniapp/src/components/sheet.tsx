import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { spoken, useDialogFocus, useKeys } from '@/platform';
import { Button } from './button';
import { Icon } from './icon';
import { Tap } from './tap';
import './sheet.css';

export interface SheetProps {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Comes up from the foot of a phone, and stands in the middle of a laptop. */
export function Sheet({ open, title, onClose, children }: SheetProps) {
  useKeys({ Escape: onClose }, open);
  useDialogFocus(open, '.sheet__panel');
  if (!open) return null;
  return (
    <View className="sheet" catchMove {...spoken({ role: 'dialog', label: title })}>
      <View className="sheet__shade" onClick={onClose} />
      <View className="sheet__panel">
        <View className="row row--between">
          <Text className="t-title">{title}</Text>
          <Tap className="sheet__close" onTap={onClose} label="关闭">
            <Icon name="close" />
          </Tap>
        </View>
        <View className="sheet__body">{children}</View>
      </View>
    </View>
  );
}

export interface ConfirmSheetProps {
  readonly open: boolean;
  readonly title: string;
  /** Reads back what will happen, in a sentence: 您家 1 套房、89.37 ㎡ 将投“同意”，截止前可以改。 */
  readonly sentence: string;
  /** What it does, in a verb: 确认投票. Never just 确定. */
  readonly doLabel: string;
  readonly busyText?: string;
  readonly safeLabel?: string;
  /** It cannot be undone. */
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** Why it did not work. */
  readonly error?: string | undefined;
  readonly onConfirm: () => void | Promise<unknown>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** The last question before something happens; the safe answer comes first. */
export function ConfirmSheet(props: ConfirmSheetProps) {
  const { busy = false, danger = false } = props;
  const close = () => {
    if (!busy) props.onClose();
  };
  return (
    <Sheet open={props.open} title={props.title} onClose={close}>
      <View className="stack stack--4">
        <View className="sheet__sentence">{props.sentence}</View>
        {props.children}
        {props.error !== undefined && (
          <View className="t-bad" {...spoken({ role: 'alert' })}>
            {props.error}
          </View>
        )}
        <View className="sheet__buttons">
          <Button kind="plain" block onTap={close} disabled={busy}>
            {props.safeLabel ?? '再想想'}
          </Button>
          <Button
            kind={danger ? 'danger' : 'primary'}
            block
            onTap={props.onConfirm}
            busy={busy}
            {...(props.busyText === undefined ? {} : { busyText: props.busyText })}
          >
            {props.doLabel}
          </Button>
        </View>
      </View>
    </Sheet>
  );
}
