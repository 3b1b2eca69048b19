import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { ReasonSheet, type ReasonSheetProps } from './reason-sheet';

interface Props {
  readonly grantLabel: string;
  /** What is asked before refusing; its `doLabel` stands on the button too. */
  readonly refusal: Pick<ReasonSheetProps, 'title' | 'sentence' | 'doLabel' | 'safeLabel' | 'reasonLabel'>;
  readonly decide: (approve: boolean, reason: string) => Promise<unknown>;
  /** The name of the draft in which the reason is kept until it is sent. */
  readonly keptAs: string;
  /** Said when it is done. */
  readonly done: string;
}

/** A yes at once, a no with its reason. */
export function GrantOrRefuse({ grantLabel, refusal, decide, keptAs, done }: Props) {
  const [refusing, setRefusing] = useState(false);
  const { value: reason, set: setReason, discard } = useDraft(keptAs, '');
  const action = useAction((_key, approve: boolean) => decide(approve, reason), {
    onDone: () => {
      discard();
      setRefusing(false);
      toast(done, 'good');
    },
  });
  return (
    <View className="row row--wrap gap-3">
      <Button size="small" busy={action.busy} onTap={() => action.run(true)}>
        {grantLabel}
      </Button>
      <Button
        size="small"
        kind="plain"
        onTap={() => {
          setRefusing(true);
        }}
      >
        {refusal.doLabel}
      </Button>
      {action.error !== null && <View className="t-bad">{action.error.message}</View>}
      <ReasonSheet
        {...refusal}
        open={refusing}
        reason={reason}
        onReason={setReason}
        action={action}
        onConfirm={() => action.run(false)}
        onClose={() => {
          setRefusing(false);
        }}
      />
    </View>
  );
}
