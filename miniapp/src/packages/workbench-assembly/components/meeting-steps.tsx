import { View } from '@tarojs/components';
import type { AssemblyDetail } from '@linli/shared/assembly';
import { useState } from 'react';
import { Button } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { conveneActions } from '../api';
import { ReasonSheet } from './reason-sheet';

interface Props {
  readonly meeting: AssemblyDetail;
}

/** What can be done with the meeting now. */
export function MeetingSteps({ meeting }: Props) {
  const { state } = meeting;
  return (
    <View className="row row--wrap gap-3">
      {state === 'OPINIONS' && <AfterOpinions meeting={meeting} />}
      {state === 'PUBLISHED' && (
        <Button size="small" onTap={() => navigate('assemblyResult', { assemblyId: meeting.id })}>
          看表决结果
        </Button>
      )}
      <Button size="small" kind="plain" onTap={() => navigate('assemblyDetail', { assemblyId: meeting.id })}>
        看业主看到的页面
      </Button>
      {(state === 'OPINIONS' || state === 'NOTICED') && <Cancellation meeting={meeting} />}
    </View>
  );
}

function AfterOpinions({ meeting }: Props) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const edit = () => {
    navigate('convene', { assemblyId: meeting.id });
  };
  const redraft = useAction(() => conveneActions(estateId).step(meeting.id, 'redraft'), { onDone: edit });
  return (
    <>
      <Button size="small" onTap={edit}>
        定时间、发通知
      </Button>
      <Button size="small" kind="plain" busy={redraft.busy} onTap={() => redraft.run()}>
        撤回修改议题
      </Button>
      {redraft.error !== null && <View className="t-bad">{redraft.error.message}</View>}
    </>
  );
}

function Cancellation({ meeting }: Props) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [cancelling, setCancelling] = useState(false);
  const { value: reason, set: setReason, discard } = useDraft(`meeting-cancel/${meeting.id}`, '');
  const cancel = useAction(() => conveneActions(estateId).cancel(meeting.id, reason), {
    onDone: () => {
      discard();
      setCancelling(false);
      toast('会议已取消，已告知业主', 'good');
    },
  });
  return (
    <>
      <Button size="small" kind="danger" onTap={() => setCancelling(true)}>
        取消会议
      </Button>
      <ReasonSheet
        open={cancelling}
        title="取消会议"
        sentence="会议取消后不能恢复，原因会发给全体业主。"
        doLabel="取消会议"
        safeLabel="不取消"
        reasonLabel="取消的原因"
        reason={reason}
        onReason={setReason}
        action={cancel}
        onConfirm={() => cancel.run()}
        onClose={() => setCancelling(false)}
      />
    </>
  );
}
