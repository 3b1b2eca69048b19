import { View } from '@tarojs/components';
import {
  type Decision,
  DECISION_LIMITS,
  DECISION_STATUS_LABELS,
  MATTERS,
  type MatterNumber,
  VOTE_CLASS_LABELS,
  type VoteClass,
} from '@linli/shared/assembly';
import { formatFullDate, formatYuan, parseYuan, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Attachments,
  Button,
  Chip,
  DatePicker,
  Empty,
  Fact,
  Field,
  MorePages,
  PageContent,
  Picker,
  Sheet,
  TextArea,
  TextInput,
  useNow,
} from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { chooseDocument, spoken } from '@/platform';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { registerDecision, reviewDecision, uploadFile, useAllDecisions, useDecisionDetail } from '../../api';

/** 决定登记: old decisions with their scan; one member registers, another confirms. */
export default function DecisionsDeskPage() {
  const decisions = useAllDecisions();
  const [open, setOpen] = useState<Decision | null>(null);
  const [registering, setRegistering] = useState(false);
  const register = () => {
    setRegistering(true);
  };
  return (
    <WorkbenchShell
      route="decisionsDesk"
      active="assemblies"
      title="决定登记"
      resource={decisions}
      actions={
        <Button icon="plus" onTap={register}>
          登记以前的决定
        </Button>
      }
      empty={({ items }) =>
        items.length > 0 ? null : (
          <Empty
            title="还没有决定"
            text="把以前纸面上的决定登记进来，合同和支出才能引用。"
            next={{ label: '登记以前的决定', onTap: register }}
          />
        )
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <DataTable
            caption="业主大会的决定"
            rows={items}
            columns={COLUMNS}
            rowKey={(row) => row.id}
            rowLabel={(row) => `${row.number}，${row.title}，${DECISION_STATUS_LABELS[row.status]}`}
            card={(row) => (
              <View className="stack stack--1">
                <View className="t-strong">{row.title}</View>
                <View className="t-second t-muted">{row.number}</View>
                <View className="row">
                  <StatusChip row={row} />
                </View>
              </View>
            )}
            onOpen={setOpen}
            openKey={open?.id ?? null}
            keyboard={open === null && !registering}
          />
          <MorePages more={decisions.more} />
          <Sheet
            open={open !== null}
            title={open?.number ?? ''}
            onClose={() => {
              setOpen(null);
            }}
          >
            {open !== null && (
              <Review
                decision={open}
                onDone={() => {
                  setOpen(null);
                }}
              />
            )}
          </Sheet>
          <Sheet
            open={registering}
            title="登记以前的决定"
            onClose={() => {
              setRegistering(false);
            }}
          >
            <RegisterForm
              onDone={() => {
                setRegistering(false);
              }}
            />
          </Sheet>
        </View>
      )}
    </WorkbenchShell>
  );
}

const COLUMNS: readonly Column<Decision>[] = [
  { key: 'number', title: '编号', width: '200px', cell: (row) => row.number },
  { key: 'title', title: '决定', cell: (row) => row.title },
  { key: 'date', title: '日期', width: '140px', cell: (row) => formatFullDate(row.decidedOn) },
  { key: 'class', title: '类别', width: '200px', cell: (row) => VOTE_CLASS_LABELS[row.voteClass] },
  { key: 'status', title: '状态', width: '120px', cell: (row) => <StatusChip row={row} /> },
];

function StatusChip({ row: { status } }: { readonly row: Decision }) {
  const tone = status === 'IN_FORCE' ? 'good' : status === 'PENDING' ? 'urgent' : 'bad';
  return <Chip tone={tone}>{DECISION_STATUS_LABELS[status]}</Chip>;
}

function Review({ decision, onDone }: { readonly decision: Decision; readonly onDone: () => void }) {
  const detail = useDecisionDetail(decision.id);
  const estateId = useSession((state) => state.estateId) ?? '';
  const [reason, setReason] = useState('');
  const review = useAction(
    (_key, approve: boolean) => reviewDecision(estateId, decision.id, approve, reason),
    {
      onDone: ({ status }) => {
        toast(status === 'IN_FORCE' ? '已复核，可以引用' : '已退回', 'good');
        onDone();
      },
    },
  );
  return (
    <PageContent resource={detail}>
      {(whole) => (
        <View className="stack stack--3">
          <View className="t-title">{whole.title}</View>
          <View>{whole.purpose}</View>
          <Fact label="日期">{formatFullDate(whole.decidedOn)}</Fact>
          <Fact label="类别">{VOTE_CLASS_LABELS[whole.voteClass]}</Fact>
          {whole.amountLimitFen !== null && <Fact label="最多支出">{formatYuan(whole.amountLimitFen)}</Fact>}
          <Fact label="登记人">{whole.registeredBy}</Fact>
          {whole.confirmedBy !== null && <Fact label="复核人">{whole.confirmedBy}</Fact>}
          {whole.refusal !== null && <View className="t-bad">{`没有通过：${whole.refusal}`}</View>}
          {whole.scan !== null && <Attachments files={[whole.scan]} />}
          {whole.canReview && (
            <View className="stack stack--3">
              <Field label="不通过的原因" optional>
                <TextInput value={reason} maxLength={DECISION_LIMITS.reasonLength.max} onChange={setReason} />
              </Field>
              {review.error !== null && <View className="t-bad">{review.error.message}</View>}
              <Button kind="plain" block busy={review.busy} onTap={() => review.run(false)}>
                不通过
              </Button>
              <Button block busy={review.busy} onTap={() => review.run(true)}>
                与扫描件一致，通过
              </Button>
            </View>
          )}
          {whole.status === 'PENDING' && !whole.canReview && (
            <View className="t-muted">登记人不能复核，请业委会另一位成员复核。</View>
          )}
        </View>
      )}
    </PageContent>
  );
}

interface Form {
  readonly number: string;
  readonly decidedOn: string | null;
  readonly matter: MatterNumber | null;
  readonly voteClass: VoteClass | null;
  readonly title: string;
  readonly purpose: string;
  readonly amount: string;
  readonly scan: { readonly id: string; readonly name: string } | null;
}

const EMPTY: Form = {
  number: '',
  decidedOn: null,
  matter: null,
  voteClass: null,
  title: '',
  purpose: '',
  amount: '',
  scan: null,
};

function RegisterForm({ onDone }: { readonly onDone: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const form = useDraft<Form>('decision/new', EMPTY);
  const { number, decidedOn, matter, voteClass, title, purpose, amount, scan } = form.value;
  const now = useNow();
  const choose = useAction(
    async () => {
      const file = await chooseDocument(['.pdf', '.jpg', '.jpeg', '.png']);
      return file === null ? null : uploadFile('DECISION_SCAN', file.path, file.name);
    },
    {
      onDone: (file) => {
        if (file !== null) form.merge({ scan: { id: file.id, name: file.name } });
      },
    },
  );
  const complete = decidedOn !== null && matter !== null && voteClass !== null && scan !== null;
  const send = useAction(
    async (key) => {
      if (!complete) return;
      await registerDecision(key, estateId, {
        number,
        decidedOn,
        matter,
        voteClass,
        title,
        purpose,
        amountLimitFen: amount.trim() === '' ? null : parseYuan(amount),
        scanFileId: scan.id,
      });
    },
    {
      name: 'decision/new',
      onDone: () => {
        form.discard();
        toast('已登记，等另一位成员复核', 'good');
        onDone();
      },
    },
  );
  const fault = (path: string) => send.error?.field(path);
  return (
    <View className="stack stack--3">
      <Field label="决定编号" error={fault('number')} hint="照原件填写，例如 业主大会2024-1-3">
        <TextInput value={number} maxLength={40} onChange={(value) => form.merge({ number: value })} />
      </Field>
      <Field label="决定日期" error={fault('decidedOn')}>
        <DatePicker
          value={decidedOn}
          to={shanghaiDate(now)}
          onChange={(value) => form.merge({ decidedOn: value })}
        />
      </Field>
      <Field label="属于哪一类事项" error={fault('matter')}>
        <Picker
          value={matter === null ? null : String(matter)}
          options={MATTERS.map((each) => ({
            value: String(each.number),
            label: `${each.number}. ${each.text}`,
          }))}
          onChange={(value) => form.merge({ matter: Number(value) as MatterNumber })}
        />
      </Field>
      <Field label="表决类别" error={fault('voteClass')}>
        <Picker
          value={voteClass}
          options={[
            { value: 'ORDINARY', label: VOTE_CLASS_LABELS.ORDINARY },
            { value: 'SPECIAL', label: VOTE_CLASS_LABELS.SPECIAL },
          ]}
          onChange={(value) => form.merge({ voteClass: value })}
        />
      </Field>
      <Field label="名称" error={fault('title')}>
        <TextInput value={title} maxLength={80} onChange={(value) => form.merge({ title: value })} />
      </Field>
      <Field label="决定了什么" error={fault('purpose')}>
        <TextArea
          value={purpose}
          maxLength={DECISION_LIMITS.purposeLength.max}
          onChange={(value) => form.merge({ purpose: value })}
        />
      </Field>
      <Field label="最多支出（元）" optional error={fault('amountLimitFen')}>
        <TextInput keyboard="decimal" value={amount} onChange={(value) => form.merge({ amount: value })} />
      </Field>
      <Field label="扫描件" error={fault('scanFileId') ?? choose.error?.message}>
        <View className="row row--between">
          <View className="grow">{scan?.name ?? 'PDF 或图片'}</View>
          <Button size="small" kind="plain" icon="clip" busy={choose.busy} onTap={() => choose.run()}>
            选择文件
          </Button>
        </View>
      </Field>
      {send.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {send.error.message}
        </View>
      )}
      <Button block disabled={!complete} busy={send.busy} busyText="正在登记" onTap={() => send.run()}>
        登记
      </Button>
    </View>
  );
}
