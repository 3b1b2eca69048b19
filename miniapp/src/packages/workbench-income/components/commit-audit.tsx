import { View } from '@tarojs/components';
import { AUDIT_LIMITS } from '@linli/shared/income-audit';
import { useState } from 'react';
import { Button, Choices, Field, Sheet, TextInput } from '@/components';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { useAuditActions } from '../audit-api';

const OWED = [
  { value: 'YEARLY', label: '每年审计' },
  { value: 'NEVER', label: '不再每年审计' },
] as const;

/**
 * Where the region does not ask for a yearly audit, the owners may have decided on it; `isDecided`: a later decision takes
 * the place of that one, or ends it.
 */
export function CommitAudit({ isDecided }: { readonly isDecided: boolean }) {
  const [open, setOpen] = useState(false);
  const title = isDecided ? '更换或停止每年审计' : '登记每年审计的决定';
  return (
    <>
      <Button
        kind="plain"
        onTap={() => {
          setOpen(true);
        }}
      >
        {title}
      </Button>
      <Sheet
        open={open}
        title={title}
        onClose={() => {
          setOpen(false);
        }}
      >
        <CommitForm
          isDecided={isDecided}
          onDone={() => {
            setOpen(false);
          }}
        />
      </Sheet>
    </>
  );
}

function CommitForm({ isDecided, onDone }: { readonly isDecided: boolean; readonly onDone: () => void }) {
  const [since, setSince] = useState('');
  const [decisionNumber, setDecisionNumber] = useState('');
  const [owed, setOwed] = useState<(typeof OWED)[number]['value']>('YEARLY');
  const actions = useAuditActions();
  const request = { sinceYear: Number(since), decisionNumber };
  const saving = useAction(
    (key) =>
      isDecided
        ? actions.change(key, { ...request, isOwed: owed === 'YEARLY' })
        : actions.commit(key, request),
    {
      onDone: () => {
        onDone();
        toast(owed === 'YEARLY' ? '已登记，缺的年度会向业主显示' : '已登记，并告诉了全体业主', 'good');
      },
    },
  );
  const errorOf = (path: string) => saving.error?.field(path);
  return (
    <View className="stack stack--4">
      <View className="t-second t-muted">
        {isDecided
          ? '业主大会后来又作了决定的，登记在这里。原来的决定保留着；决定以前已经结束的年度仍然要审计。'
          : '本地没有规定每年审计。业主大会决定了的，登记后到期没有报告的年度会向全体业主显示逾期。'}
      </View>
      {isDecided && <Choices label="新的决定是" value={owed} options={OWED} onChange={setOwed} />}
      <Field label="从哪一年度起" error={errorOf('sinceYear')}>
        <TextInput value={since} onChange={setSince} keyboard="number" maxLength={4} />
      </Field>
      <Field label="决定编号" hint="如 业主大会2026-1-3" error={errorOf('decisionNumber')}>
        <TextInput
          value={decisionNumber}
          onChange={setDecisionNumber}
          maxLength={AUDIT_LIMITS.decisionNumberMax}
        />
      </Field>
      {saving.error !== null && <View className="t-bad">{saving.error.message}</View>}
      <Button block busy={saving.busy} onTap={() => saving.run()}>
        登记
      </Button>
    </View>
  );
}
