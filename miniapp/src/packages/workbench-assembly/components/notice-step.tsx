import { View } from '@tarojs/components';
import type { AssemblyDraft, ConveningOptions, ConveningReport } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, ConfirmSheet, Fact, Icon } from '@/components';
import { replace } from '@/navigate';
import { type ApiError, useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { conveneActions } from '../api';

export interface NoticeStepProps {
  readonly options: ConveningOptions;
  readonly saved: AssemblyDraft | null;
  readonly report: ConveningReport | null;
  readonly error: ApiError | null;
}

/** 发通知: what the law still wants, then the notice. */
export function NoticeStep({ saved, report, error, options }: NoticeStepProps) {
  if (error !== null) return <View className="t-bad">{error.message}</View>;
  if (report === null || saved === null) return <View className="t-muted">正在核对…</View>;
  const { electorate } = options;
  return (
    <Card title={report.ready ? '可以发通知' : '还不能发通知'}>
      <View className="stack stack--3">
        {report.faults.map((fault) => (
          <View key={fault.path + fault.code} className="row row--top t-bad">
            <Icon name="alert" size="small" />
            <View className="grow fault-text">{fault.message}</View>
          </View>
        ))}
        {report.notice !== null && <View>{report.notice.sentence}</View>}
        <Fact label="有票的业主">{`${electorate.heads} 户，${formatSqm(electorate.areaCentiSqm)}`}</Fact>
        <Sending saved={saved} electorate={electorate} ready={report.ready} />
      </View>
    </Card>
  );
}

interface SendingProps {
  readonly saved: AssemblyDraft;
  readonly electorate: ConveningOptions['electorate'];
  readonly ready: boolean;
}

/** Sends the notice, or asks for opinions first; both are read back before. */
function Sending({ saved, electorate, ready }: SendingProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [asking, setAsking] = useState<'notify' | 'ask-opinions' | null>(null);
  const step = useAction(
    (_key, which: 'notify' | 'ask-opinions') => conveneActions(estateId).step(saved.id, which),
    {
      onDone: (detail) => {
        setAsking(null);
        toast(detail.state === 'NOTICED' ? '通知已发出，名册已确定' : '已开始征求意见', 'good');
        replace('meetingDesk', { assemblyId: detail.id });
      },
    },
  );
  return (
    <>
      <Button block disabled={!ready} onTap={() => setAsking('notify')}>
        发出通知
      </Button>
      {saved.state === 'DRAFT' && saved.opinionsUntil !== null && (
        <Button block kind="plain" onTap={() => setAsking('ask-opinions')}>
          先征求意见
        </Button>
      )}
      <ConfirmSheet
        open={asking !== null}
        title={asking === 'notify' ? '发出通知' : '征求意见'}
        sentence={
          asking === 'notify'
            ? `通知会发给全体业主，名册按现在的 ${electorate.heads} 户、${formatSqm(electorate.areaCentiSqm)} 确定。发出后议题、时间和名册都不能再改，只能取消重来。`
            : '议题会给全体业主看，并收集意见。征求意见期间议题不能改，可以撤回后再改。'
        }
        doLabel={asking === 'notify' ? '发出通知' : '开始征求意见'}
        busy={step.busy}
        error={step.error?.message}
        onConfirm={() => (asking === null ? undefined : step.run(asking))}
        onClose={() => {
          setAsking(null);
          step.clearError();
        }}
      />
    </>
  );
}
