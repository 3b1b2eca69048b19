import { View } from '@tarojs/components';
import { AUDIT_LIMITS } from '@linli/shared/income-audit';
import { useState } from 'react';
import { Button, Field, Sheet, TextInput } from '@/components';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { useAuditActions } from '../audit-api';

/** Where the region does not ask for a yearly audit, the owners may have decided on it. */
export function CommitAudit() {
  const [open, setOpen] = useState(false);
  const [since, setSince] = useState('');
  const [decisionNumber, setDecisionNumber] = useState('');
  const actions = useAuditActions();
  const close = () => {
    setOpen(false);
  };
  const committing = useAction((key) => actions.commit(key, { sinceYear: Number(since), decisionNumber }), {
    onDone: () => {
      close();
      toast('已登记，缺的年度会向业主显示', 'good');
    },
  });
  const errorOf = (path: string) => committing.error?.field(path);
  return (
    <>
      <Button
        kind="plain"
        onTap={() => {
          setOpen(true);
        }}
      >
        登记每年审计的决定
      </Button>
      <Sheet open={open} title="业主大会决定每年审计" onClose={close}>
        <View className="stack stack--4">
          <View className="t-second t-muted">
            本地没有规定每年审计。业主大会决定了的，登记后到期没有报告的年度会向全体业主显示逾期。
          </View>
          <Field label="从哪一年起" error={errorOf('sinceYear')}>
            <TextInput value={since} onChange={setSince} keyboard="number" maxLength={4} />
          </Field>
          <Field label="决定编号" hint="如 业主大会2026-1-3" error={errorOf('decisionNumber')}>
            <TextInput
              value={decisionNumber}
              onChange={setDecisionNumber}
              maxLength={AUDIT_LIMITS.decisionNumberMax}
            />
          </Field>
          {committing.error !== null && <View className="t-bad">{committing.error.message}</View>}
          <Button block busy={committing.busy} onTap={() => committing.run()}>
            登记
          </Button>
        </View>
      </Sheet>
    </>
  );
}
