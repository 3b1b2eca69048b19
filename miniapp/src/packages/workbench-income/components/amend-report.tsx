import { View } from '@tarojs/components';
import { AUDIT_LIMITS, type AuditReportSummary } from '@linli/shared/income-audit';
import { useState } from 'react';
import { Button, ConfirmSheet, Field, TextArea } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { useDraft } from '@/stores';
import { useAuditActions } from '../audit-api';

/** 更正: a version of its own, with its reason; what is published stays readable. */
export function AmendReport({ report }: { readonly report: AuditReportSummary }) {
  const [open, setOpen] = useState(false);
  const { value: reason, set: setReason, discard } = useDraft(`report-amendment/${report.id}`, '');
  const actions = useAuditActions();
  const close = () => {
    setOpen(false);
  };
  const amending = useAction((key) => actions.amend(key, report.id, reason), {
    onDone: ({ id }) => {
      close();
      discard();
      navigate('auditDraft', { id });
    },
  });
  return (
    <View className="row row--end">
      <Button
        kind="quiet"
        size="small"
        label={`更正 ${report.year} 年度审计报告`}
        onTap={() => {
          setOpen(true);
        }}
      >
        发布更正
      </Button>
      <ConfirmSheet
        open={open}
        title="更正审计报告"
        sentence={`${report.year} 年度审计报告会有第 ${report.version + 1} 版，原来的一版仍然看得到。更正不能去掉已经公示的审计发现。`}
        doLabel="开始更正"
        busy={amending.busy}
        error={amending.error?.message}
        onConfirm={() => amending.run()}
        onClose={close}
      >
        <Field label="更正原因">
          <TextArea value={reason} onChange={setReason} maxLength={AUDIT_LIMITS.reasonLength.max} rows={2} />
        </Field>
      </ConfirmSheet>
    </View>
  );
}
