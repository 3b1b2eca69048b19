import { View } from '@tarojs/components';
import { AUDIT_ERRORS, type AuditDraft, AUDIT_PARTY_LABELS } from '@linli/shared/income-audit';
import { formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Attachments, Button, Card, Cell, ConfirmButton } from '@/components';
import { OpinionChip } from '@/components/audit';
import { WorkbenchShell } from '@/components/staff';
import { goBack, replace, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import { useAuditActions, useAuditDesk, useAuditDraft } from '../../audit-api';
import { EMPTY_REPORT, newFinding, requestOf, type TypedReport, typedOf } from '../../audit-model';
import { FindingForm } from '../../components/finding-form';
import { ReportFields } from '../../components/report-fields';

/** 录入审计报告: copied by one person, compared with the original and published by another. */
export default function AuditDraftPage() {
  const { id } = useRouteParams('auditDraft');
  return id === undefined ? <NewReport /> : <KnownReport id={id} />;
}

function NewReport() {
  const typed = useDraft<TypedReport>('audit-report', EMPTY_REPORT);
  const actions = useAuditActions();
  const beginning = useAction((key) => actions.begin(key, requestOf(typed.value, 0)), {
    onDone: ({ id }) => {
      typed.discard();
      toast('已保存，等另一位核对公示', 'good');
      replace('auditDraft', { id });
    },
  });
  return (
    <WorkbenchShell route="auditDraft" active="audits" title="录入审计报告">
      <View className="stack stack--4">
        <View className="t-second t-muted">
          照着报告原件录入。保存后由另一位成员对照原件公示，公示后不能改，只能发布更正。
        </View>
        <Editor typed={typed} draft={null} errorOf={(path) => beginning.error?.field(path)} />
        {beginning.error !== null && <View className="t-bad">{beginning.error.message}</View>}
        <Button block busy={beginning.busy} busyText="正在保存…" onTap={() => beginning.run()}>
          保存
        </Button>
      </View>
    </WorkbenchShell>
  );
}

function KnownReport({ id }: { readonly id: string }) {
  const draft = useAuditDraft(id);
  return (
    <WorkbenchShell route="auditDraft" active="audits" title="录入审计报告" resource={draft}>
      {(data) => <Draft key={data.revision} draft={data} />}
    </WorkbenchShell>
  );
}

function Draft({ draft }: { readonly draft: AuditDraft }) {
  const typed = useDraft<TypedReport>(`audit-report-${draft.id}-${draft.revision}`, typedOf(draft));
  const actions = useAuditActions();
  const saving = useAction(() => actions.save(draft.id, requestOf(typed.value, draft.revision)), {
    onDone: () => {
      typed.discard();
      toast('已保存，等另一位核对公示', 'good');
    },
  });
  if (draft.state !== 'DRAFT') return <Card>这份报告已经公示，要改请发布更正。</Card>;
  return (
    <View className="stack stack--4">
      {draft.reason !== '' && <Card tone="brand">{`第 ${draft.version} 版，更正原因：${draft.reason}`}</Card>}
      <Faults draft={draft} />
      <View className="row row--between row--wrap gap-2">
        <View className="t-second t-muted">{`${draft.recordedBy}录入`}</View>
        <OpinionChip opinion={draft.opinion} />
      </View>
      {draft.scan !== null && <Attachments files={[draft.scan]} />}
      <Editor typed={typed} draft={draft} errorOf={(path) => saving.error?.field(path)} />
      {saving.error !== null && <View className="t-bad">{saving.error.message}</View>}
      {typed.kept && (
        <Button block busy={saving.busy} busyText="正在保存…" onTap={() => saving.run()}>
          保存修改
        </Button>
      )}
      {!typed.kept && draft.awaitsMe && <Publish draft={draft} />}
      {!draft.awaitsMe && <View className="t-second t-muted">您录入的报告由另一位成员对照原件后公示。</View>}
      <Discard draft={draft} />
    </View>
  );
}

/** What stands against publishing it today. */
function Faults({ draft: { faults } }: { readonly draft: AuditDraft }) {
  if (faults.length === 0) return null;
  return (
    <Card tone="urgent" title="还不能公示">
      <View className="stack stack--1">
        {faults.map(({ code, findingNo }) => (
          <View key={`${code}.${findingNo ?? ''}`}>
            {`${findingNo === null ? '' : `第 ${findingNo} 条：`}${AUDIT_ERRORS[code].message}`}
          </View>
        ))}
      </View>
    </Card>
  );
}

const FINDING_FIELDS = ['text', 'responsible', 'dueOn', 'amountFen'] as const;
const isSaid = (sentence: string | undefined) => sentence !== undefined;

interface EditorProps {
  readonly typed: DraftHandle<TypedReport>;
  readonly draft: AuditDraft | null;
  readonly errorOf: (path: string) => string | undefined;
}

function Editor({ typed, draft, errorOf }: EditorProps) {
  const desk = useAuditDesk();
  const latest = desk.status === 'ready' ? desk.data.latestAnswerOn : undefined;
  const [openNo, setOpenNo] = useState<number | null>(null);
  const { findings } = typed.value;
  const open = findings.find(({ no }) => no === openNo);
  const close = () => {
    setOpenNo(null);
  };
  return (
    <>
      <ReportFields draft={typed} isBegun={draft !== null} errorOf={errorOf} />
      <Card title={`审计发现 ${findings.length} 条`} flush>
        {findings.map(({ no, text, amountFen, responsible }, index) => (
          <Cell
            key={no}
            title={`第 ${no} 条　${text === '' ? '还没有写' : text}`}
            detail={
              FINDING_FIELDS.map((name) => errorOf(`findings.${index}.${name}`)).find(isSaid) ??
              [
                responsible === null ? '还没有选由谁答复' : `由${AUDIT_PARTY_LABELS[responsible]}答复`,
                ...(amountFen === null ? [] : [formatYuan(amountFen)]),
              ].join('，')
            }
            onTap={() => {
              setOpenNo(no);
            }}
          />
        ))}
        <Cell
          icon="plus"
          title="加一条审计发现"
          onTap={() => {
            const added = newFinding(findings, latest ?? null);
            typed.merge({ findings: [...findings, added] });
            setOpenNo(added.no);
          }}
        />
      </Card>
      {open !== undefined && (
        <FindingForm
          finding={open}
          isFixed={draft?.fixedNos.includes(open.no) ?? false}
          latest={latest}
          onChange={(part) => {
            typed.merge({
              findings: findings.map((one) => (one.no === open.no ? { ...one, ...part } : one)),
            });
          }}
          onRemove={() => {
            close();
            typed.merge({ findings: findings.filter(({ no }) => no !== open.no) });
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Publish({ draft }: { readonly draft: AuditDraft }) {
  const actions = useAuditActions();
  return (
    <ConfirmButton
      block
      disabled={draft.faults.length > 0}
      text="核对无误，公示"
      ask={{
        title: '公示审计报告',
        sentence: `您已对照原件，${draft.year} 年度审计报告和 ${draft.findings.length} 条审计发现没有抄错、没有漏抄。公示后全体业主都能看到，不能再改，只能发布更正。`,
        doLabel: '公示',
      }}
      perform={() => actions.publish(draft.id, draft.revision)}
      onDone={() => {
        toast('已公示，要答复的人会收到消息', 'good');
        replace('auditDesk');
      }}
    />
  );
}

function Discard({ draft }: { readonly draft: AuditDraft }) {
  const actions = useAuditActions();
  return (
    <ConfirmButton
      kind="quiet"
      block
      text="放弃这份录入"
      ask={{
        title: '放弃录入',
        sentence: `已经录入的 ${draft.year} 年度审计报告不再保留，要公示得重新录入。`,
        doLabel: '放弃',
        danger: true,
      }}
      perform={() => actions.discard(draft.id)}
      onDone={() => {
        toast('已放弃这份录入', 'good');
        goBack();
      }}
    />
  );
}
