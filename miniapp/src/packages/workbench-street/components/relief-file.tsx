import { View } from '@tarojs/components';
import { formatFullDate, formatMonth, formatYuan } from '@linli/shared/kernel';
import {
  CERTIFICATE_LABELS,
  FUNDER_LABELS,
  RELIEF_KIND_LABELS,
  RELIEF_LIMITS,
  RELIEF_STATE_LABELS,
  type ReliefFile,
} from '@linli/shared/relief';
import { useState } from 'react';
import {
  Button,
  Card,
  ConfirmSheet,
  Fact,
  Field,
  InstantText,
  PageContent,
  Photos,
  SkeletonCard,
  TextArea,
} from '@/components';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { useReliefFile, verifyRelief } from '../relief-api';
import { ReliefDecision } from './relief-decision';

/** One application, opened: who, with what proof, and the step that waits for this officer. */
export function ReliefFilePanel({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const file = useReliefFile(id);
  return (
    <PageContent resource={file} skeleton={<SkeletonCard lines={6} />}>
      {(relief) => (
        <View className="stack stack--3">
          <Facts relief={relief} />
          {relief.certificateElsewhere && (
            <Card tone="urgent">别的房屋也用这个证件编号申请过，请当面核对原件。</Card>
          )}
          {relief.steps.indexOf('VERIFY') >= 0 && <Verification relief={relief} onDone={onDone} />}
          {relief.steps.indexOf('DECIDE') >= 0 && <ReliefDecision relief={relief} onDone={onDone} />}
          <Outcome relief={relief} />
        </View>
      )}
    </PageContent>
  );
}

function Facts({ relief }: { readonly relief: ReliefFile }) {
  const open = relief.bills.reduce((sum, { openFen }) => sum + openFen, 0);
  return (
    <Card title={`${relief.unitName} · ${RELIEF_KIND_LABELS[relief.kind]}`}>
      <View className="stack stack--2">
        <Fact label="申请人">{relief.applicantName}</Fact>
        <Fact label="证件">{CERTIFICATE_LABELS[relief.certificateKind]}</Fact>
        <Fact label="账单">{relief.bills.map(({ month }) => formatMonth(month)).join('、')}</Fact>
        <Fact label="未缴">{formatYuan(open)}</Fact>
        {relief.wishedUntil !== null && <Fact label="想缓到">{formatFullDate(relief.wishedUntil)}</Fact>}
        <Fact label="提交于">
          <InstantText at={relief.submittedAt} />
        </Fact>
        {relief.reason !== '' && <View>{relief.reason}</View>}
        {relief.photos.length > 0 ? (
          <Photos
            urls={relief.photos.map(({ url }) => url)}
            thumbs={relief.photos.map(({ thumbUrl }) => thumbUrl)}
          />
        ) : (
          <View className="t-second t-muted">材料已按规定删除。</View>
        )}
      </View>
    </Card>
  );
}

/** 社区核实: the papers are looked at, and the home perhaps visited. */
function Verification({ relief, onDone }: { readonly relief: ReliefFile; readonly onDone: () => void }) {
  const note = useDraft<string>(`relief-note/${relief.id}`, '');
  const [asking, setAsking] = useState<boolean | null>(null);
  const verify = useAction(
    (_key, verified: boolean) => verifyRelief(relief, { verified, note: note.value.trim() }),
    {
      onDone: ({ state }) => {
        note.discard();
        setAsking(null);
        toast(state === 'RETURNED' ? '已退回，申请人会看到原因' : '已核实，等街道审批', 'good');
        onDone();
      },
    },
  );
  return (
    <Card title="社区核实">
      <View className="stack stack--4">
        <Field label="核实意见" hint="退回时要写清楚缺什么，申请人会看到">
          <TextArea value={note.value} maxLength={RELIEF_LIMITS.noteMax} rows={2} onChange={note.set} />
        </Field>
        <Button
          block
          onTap={() => {
            setAsking(true);
          }}
        >
          情况属实
        </Button>
        <Button
          kind="danger"
          block
          disabled={note.value.trim() === ''}
          onTap={() => {
            setAsking(false);
          }}
        >
          退回补正
        </Button>
      </View>
      <ConfirmSheet
        open={asking !== null}
        title={asking === false ? '退回补正' : '情况属实'}
        sentence={
          asking === false
            ? `退回给 ${relief.applicantName}，原因：${note.value.trim()}`
            : `${relief.unitName} ${relief.applicantName} 的情况属实，送街道审批。审批不能由您来做。`
        }
        doLabel={asking === false ? '退回' : '送街道审批'}
        danger={asking === false}
        busy={verify.busy}
        error={verify.error?.message}
        onConfirm={() => verify.run(asking !== false)}
        onClose={() => {
          setAsking(null);
        }}
      />
    </Card>
  );
}

function Outcome({ relief }: { readonly relief: ReliefFile }) {
  return (
    <Card title={RELIEF_STATE_LABELS[relief.state]}>
      <View className="stack stack--2">
        {relief.communityName !== null && <Fact label="社区核实">{relief.communityName}</Fact>}
        {relief.communityNote !== '' && <View>{relief.communityNote}</View>}
        {relief.streetName !== null && <Fact label="街道审批">{relief.streetName}</Fact>}
        {relief.percent !== null && <Fact label="减免">{`未缴部分的 ${relief.percent}%`}</Fact>}
        {relief.funder !== null && (
          <Fact label="由谁承担">{`${FUNDER_LABELS[relief.funder.kind]}（${relief.funder.name}）`}</Fact>
        )}
        {relief.until !== null && <Fact label="缓缴到">{formatFullDate(relief.until)}</Fact>}
        {relief.streetNote !== '' && <View>{relief.streetNote}</View>}
      </View>
    </Card>
  );
}
