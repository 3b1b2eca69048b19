import { type ReactNode, useState } from 'react';
import { useAction } from '@/request/use-action';
import { Button, type ButtonProps } from './button';
import { ConfirmSheet, type ConfirmSheetProps } from './sheet';

export interface ConfirmButtonProps<Result> extends Omit<
  ButtonProps,
  'children' | 'onTap' | 'busy' | 'busyText'
> {
  /** What stands on the button. */
  readonly text: string;
  readonly ask: Pick<
    ConfirmSheetProps,
    'title' | 'sentence' | 'doLabel' | 'busyText' | 'safeLabel' | 'danger'
  >;
  readonly perform: (key: string) => Promise<Result>;
  readonly onDone: (result: Result) => void;
  /** What has to be typed or chosen before the answer. */
  readonly children?: ReactNode;
  /** Which field of the request that is: what is wrong with it is told in place of the general words. */
  readonly field?: string;
}

/** A button that changes something for good: it asks, sends on yes, and stays open with the reason if refused. */
export function ConfirmButton<Result>(props: ConfirmButtonProps<Result>) {
  const { text, ask, perform, onDone, children, field, ...button } = props;
  const [asking, setAsking] = useState(false);
  const action = useAction(perform, {
    onDone: (result) => {
      setAsking(false);
      onDone(result);
    },
  });
  const { error } = action;
  return (
    <>
      <Button
        {...button}
        onTap={() => {
          action.clearError();
          setAsking(true);
        }}
      >
        {text}
      </Button>
      <ConfirmSheet
        {...ask}
        open={asking}
        busy={action.busy}
        error={(field === undefined ? undefined : error?.field(field)) ?? error?.message}
        onConfirm={() => action.run()}
        onClose={() => {
          setAsking(false);
        }}
      >
        {children}
      </ConfirmSheet>
    </>
  );
}
