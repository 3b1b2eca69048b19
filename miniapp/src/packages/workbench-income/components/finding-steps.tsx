import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { AUDIT_LIMITS, type FindingView } from '@linli/shared/income-audit';
import { Button, ConfirmButton, Field, TextArea } from '@/components';
import { AttachmentPicker } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { useAuditActions } from '../audit-api';

interface StepProps {
  readonly finding: FindingView;
  readonly onDone: () => void;
}

/** What the reader may do with this finding now. */
export function FindingSteps({ finding, onDone }: StepProps) {
  const { can } = finding;
  return (
    <View className="stack stack--3">
      {can.includes('ANSWER') && <Answer finding={finding} onDone={onDone} />}
      {can.includes('ACCEPT') && <Accept finding={finding} onDone={onDone} />}
      {can.includes('SEND_BACK') && <SendBack finding={finding} onDone={onDone} />}
    </View>
  );
}

interface Typed {
  readonly text: string;
  readonly files: readonly FileRef[];
}

function Answer({ finding, onDone }: StepProps) {
  const { value, merge, update, discard } = useDraft<Typed>(`audit-answer-${finding.id}`, {
    text: '',
    files: [],
  });
  const actions = useAuditActions();
  const answering = useAction(
    (key) => actions.answer(key, finding.id, { text: value.text, fileIds: value.files.map(({ id }) => id) }),
    {
      onDone: () => {
        discard();
        toast('已答复，等社区核实', 'good');
        onDone();
      },
    },
  );
  const errorOf = (path: string) => answering.error?.field(path);
  return (
    <View className="stack stack--3">
      <Field label="怎么整改的" hint="全体业主都能看到，提交后不能改" error={errorOf('text')}>
        <TextArea
          value={value.text}
          onChange={(text) => {
            merge({ text });
          }}
          maxLength={AUDIT_LIMITS.answerLength.max}
        />
      </Field>
      <Field label="凭证" optional error={errorOf('fileIds')}>
        <AttachmentPicker
          purpose="VOUCHER"
          files={value.files}
          limit={AUDIT_LIMITS.filesMax}
          onAdd={(file) => {
            update((before) => ({ ...before, files: [...before.files, file] }));
          }}
          onRemove={(id) => {
            merge({ files: value.files.filter((file) => file.id !== id) });
          }}
        />
      </Field>
      {answering.error !== null && <View className="t-bad">{answering.error.message}</View>}
      <Button block busy={answering.busy} busyText="正在提交…" onTap={() => answering.run()}>
        提交答复
      </Button>
    </View>
  );
}

/** The last answer that is on the screen. */
const seqOf = ({ events }: FindingView): number => events[events.length - 1]?.seq ?? 0;

function Accept({ finding, onDone }: StepProps) {
  const actions = useAuditActions();
  return (
    <ConfirmButton
      block
      text="核实通过"
      ask={{
        title: '核实通过',
        sentence: `您已看过第 ${finding.no} 条的答复和凭证，认为已经整改。通过后这一条就办结了，全体业主都能看到。`,
        doLabel: '核实通过',
      }}
      perform={() => actions.accept(finding.id, seqOf(finding))}
      onDone={() => {
        toast('已核实通过', 'good');
        onDone();
      }}
    />
  );
}

function SendBack({ finding, onDone }: StepProps) {
  const { value: reason, set: setReason, discard } = useDraft(`finding-return/${finding.id}`, '');
  const actions = useAuditActions();
  return (
    <ConfirmButton
      kind="plain"
      block
      text="退回重新答复"
      ask={{
        title: '退回重新答复',
        sentence: `第 ${finding.no} 条的答复还不够，要重新答复。原因全体业主都能看到。`,
        doLabel: '退回',
      }}
      perform={() => actions.sendBack(finding.id, seqOf(finding), reason)}
      onDone={() => {
        discard();
        toast('已退回，等重新答复', 'good');
        onDone();
      }}
    >
      <Field label="还缺什么">
        <TextArea value={reason} onChange={setReason} maxLength={AUDIT_LIMITS.reasonLength.max} rows={2} />
      </Field>
    </ConfirmButton>
  );
}
