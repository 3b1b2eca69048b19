import { View } from '@tarojs/components';
import type { AssemblyDetail, MotionDetail } from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Card } from '@/components';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { conveneActions } from '../api';
import { ReasonSheet } from './reason-sheet';

/** 议题: those of the meeting; one that stands can be withdrawn until the vote has ended. */
export function MeetingMotions({ meeting }: { readonly meeting: AssemblyDetail }) {
  const [withdrawing, setWithdrawing] = useState<MotionDetail | null>(null);
  const [reason, setReason] = useState('');
  const estateId = useSession((state) => state.estateId) ?? '';
  const withdraw = useAction(
    (_key, motionId: string) => conveneActions(estateId).withdraw(meeting.id, motionId, reason),
    {
      onDone: () => {
        setWithdrawing(null);
        setReason('');
        toast('议题已撤回，已告知业主', 'good');
      },
    },
  );
  const open = meeting.state === 'NOTICED' || meeting.state === 'VOTING';
  return (
    <Card title="议题">
      <View className="stack stack--3">
        {meeting.motions.map((motion) => (
          <MotionRow
            key={motion.id}
            motion={motion}
            withdrawable={open && motion.state === 'ON_AGENDA'}
            onWithdraw={() => {
              setWithdrawing(motion);
            }}
          />
        ))}
      </View>
      <ReasonSheet
        open={withdrawing !== null}
        title="撤回议题"
        sentence={`《${withdrawing?.title ?? ''}》将不再表决，已投的票对这一项不计。不能恢复。`}
        doLabel="撤回这一项"
        safeLabel="不撤回"
        reasonLabel="撤回的原因"
        reason={reason}
        onReason={setReason}
        action={withdraw}
        onConfirm={() => (withdrawing === null ? undefined : withdraw.run(withdrawing.id))}
        onClose={() => {
          setWithdrawing(null);
        }}
      />
    </Card>
  );
}

interface MotionRowProps {
  readonly motion: MotionDetail;
  readonly withdrawable: boolean;
  readonly onWithdraw: () => void;
}

function MotionRow({ motion, withdrawable, onWithdraw }: MotionRowProps) {
  return (
    <View className="row row--between row--top">
      <View className="grow">
        <View className="t-strong">{`${motion.position}. ${motion.title}`}</View>
        <View className="t-second t-muted">{motion.voteClassLabel}</View>
        {motion.withdrawn !== null && (
          <View className="t-second t-bad">{`已撤回：${motion.withdrawn.reason}`}</View>
        )}
        {motion.decisionNumber !== null && <View className="t-second t-good">{motion.decisionNumber}</View>}
      </View>
      {withdrawable && (
        <Button size="small" kind="quiet" label={`撤回第 ${motion.position} 项`} onTap={onWithdraw}>
          撤回
        </Button>
      )}
    </View>
  );
}
