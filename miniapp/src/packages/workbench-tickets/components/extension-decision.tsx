import { View } from '@tarojs/components';
import { formatInstant } from '@linli/shared/kernel';
import { type PendingExtension, TICKET_LIMITS } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, Card, ConfirmSheet, Field, TextArea, useNow } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { takeStep } from '../api';

interface ExtensionDecisionProps {
  readonly ticket: { readonly estateId: string; readonly id: string; readonly title: string };
  readonly extension: PendingExtension;
  readonly mayDecide: boolean;
}

/** Somebody asks for more time: why, from when to when, and the two answers. */
export function ExtensionDecision({ ticket, extension, mayDecide }: ExtensionDecisionProps) {
  const now = useNow();
  const [approve, setApprove] = useState<boolean | null>(null);
  const reason = useDraft(`extension/${extension.id}`, '');
  const [missing, setMissing] = useState(false);
  const decide = useAction(
    (key, yes: boolean) =>
      takeStep(ticket, key, `extensions/${extension.id}`, { approve: yes, reason: reason.value.trim() }),
    {
      onDone: () => {
        reason.discard();
        setApprove(null);
        toast('已审批，承办单位会收到结果', 'good');
      },
    },
  );
  const from = formatInstant(extension.fromDueAt, now);
  const to = formatInstant(extension.toDueAt, now);
  return (
    <Card title="申请延期" tone="urgent">
      <View className="stack stack--3">
        <View>{`${extension.requestedBy} ${formatInstant(extension.requestedAt, now)} 申请把办结期限由 ${from} 延到 ${to}。`}</View>
        <View>{`理由：${extension.reason}`}</View>
        {mayDecide ? <Answers onAnswer={setApprove} /> : <View className="t-second t-muted">等街道审批</View>}
      </View>
      <ConfirmSheet
        open={approve !== null}
        title={approve === true ? '同意延期' : '不同意延期'}
        sentence={
          approve === true
            ? `“${ticket.title}”的办结期限改为 ${to}，原期限 ${from} 会一起保留，投诉人会收到通知。`
            : `“${ticket.title}”仍按 ${from} 办结，承办单位会收到通知。`
        }
        doLabel={approve === true ? '同意延期' : '不同意延期'}
        busy={decide.busy}
        error={decide.error?.message}
        onConfirm={() => {
          const short = reason.value.trim().length < TICKET_LIMITS.reasonMin;
          setMissing(short);
          return short || approve === null ? undefined : decide.run(approve);
        }}
        onClose={() => {
          decide.clearError();
          setApprove(null);
        }}
      >
        <Field label="审批意见" error={missing ? '请写审批意见' : undefined}>
          <TextArea rows={2} value={reason.value} maxLength={TICKET_LIMITS.reasonMax} onChange={reason.set} />
        </Field>
      </ConfirmSheet>
    </Card>
  );
}

function Answers({ onAnswer }: { readonly onAnswer: (approve: boolean) => void }) {
  return (
    <View className="row gap-3">
      <Button size="small" onTap={() => onAnswer(true)}>
        同意延期
      </Button>
      <Button size="small" kind="plain" onTap={() => onAnswer(false)}>
        不同意
      </Button>
    </View>
  );
}
