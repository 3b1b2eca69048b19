import { View } from '@tarojs/components';
import { AUDIT_LIMITS, type AuditReportSummary } from '@linli/shared/income-audit';
import { ConfirmButton, Field, TextArea } from '@/components';
import { navigate } from '@/navigate';
import { useDraft } from '@/stores';
import { useAuditActions } from '../audit-api';

/** 更正: a version of its own, with its reason; what is published stays readable. */
export function AmendReport({ report }: { readonly report: AuditReportSummary }) {
  const { value: reason, set: setReason, discard } = useDraft(`report-amendment/${report.id}`, '');
  const actions = useAuditActions();
  return (
    <View className="row row--end">
      <ConfirmButton
        kind="quiet"
        size="small"
        text="发布更正"
        label={`更正 ${report.year} 年度审计报告`}
        ask={{
          title: '更正审计报告',
          sentence: `${report.year} 年度审计报告会有第 ${report.version + 1} 版，原来的一版仍然看得到。更正不能去掉已经公示的审计发现。`,
          doLabel: '开始更正',
        }}
        perform={(key) => actions.amend(key, report.id, reason)}
        onDone={({ id }) => {
          discard();
          navigate('auditDraft', { id });
        }}
      >
        <Field label="更正原因">
          <TextArea value={reason} onChange={setReason} maxLength={AUDIT_LIMITS.reasonLength.max} rows={2} />
        </Field>
      </ConfirmButton>
    </View>
  );
}
