import { View } from '@tarojs/components';
import {
  ASSEMBLY_LIMITS,
  ASSEMBLY_STATE_LABELS,
  type AssemblyDetail,
  type MotionDetail,
  type OpinionEntry,
  type RollObjectionEntry,
} from '@linli/shared/assembly';
import { formatSqm, parseSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Attachments,
  Button,
  Card,
  Chip,
  ConfirmSheet,
  DoubleBar,
  Fact,
  Field,
  InstantText,
  MorePages,
  PageContent,
  Sheet,
  TextArea,
  TextInput,
} from '@/components';
import { barsOf } from '@/components/measure-bars';
import { WorkbenchShell } from '@/components/staff';
import { navigate, useRouteParams } from '@/navigate';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { conveneActions, useMeeting, useObjections, useOpinionEntries } from '../../api';

/** One meeting after it was made known: objections to answer, opinions to read, turnout, withdraw, cancel. */
export default function MeetingDeskPage() {
  const { assemblyId } = useRouteParams('meetingDesk');
  const meeting = useMeeting(assemblyId);
  return (
    <WorkbenchShell route="meetingDesk" active="assemblies" title="会议办理" resource={meeting}>
      {(detail) => (
        <View className="stack stack--4">
          <Head meeting={detail} />
          {detail.turnout !== null && (
            <Card title="参与情况">
              <View className="stack stack--3">
                <View>{detail.turnout.sentence}</View>
                <DoubleBar {...barsOf(detail.turnout.quorum)} />
              </View>
            </Card>
          )}
          {detail.noticedOn !== null && <Objections meeting={detail} />}
          <Motions meeting={detail} />
          {detail.state === 'OPINIONS' && <Opinions meeting={detail} />}
        </View>
      )}
    </WorkbenchShell>
  );
}

interface Props {
  readonly meeting: AssemblyDetail;
}

function Head({ meeting }: Props) {
  const { state, opensAt, closesAt, objectionsUntil, opinionsUntil } = meeting;
  return (
    <Card title={meeting.title} extra={<Chip tone="brand">{ASSEMBLY_STATE_LABELS[state]}</Chip>}>
      <View className="stack stack--2">
        <View className="t-muted">{meeting.name}</View>
        {meeting.cancelled !== null && <View className="t-bad">{`已取消：${meeting.cancelled.reason}`}</View>}
        {state === 'OPINIONS' && opinionsUntil !== null && (
          <Fact label="意见截止">
            <InstantText at={opinionsUntil} />
          </Fact>
        )}
        {objectionsUntil !== null && (
          <Fact label="异议截止">
            <InstantText at={objectionsUntil} />
          </Fact>
        )}
        {opensAt !== null && (
          <Fact label="投票开始">
            <InstantText at={opensAt} />
          </Fact>
        )}
        {closesAt !== null && (
          <Fact label="投票截止">
            <InstantText at={closesAt} />
          </Fact>
        )}
        <Steps meeting={meeting} />
      </View>
    </Card>
  );
}

function Steps({ meeting }: Props) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState('');
  const actions = conveneActions(estateId);
  const redraft = useAction(() => actions.step(meeting.id, 'redraft'), {
    onDone: () => {
      navigate('convene', { assemblyId: meeting.id });
    },
  });
  const cancel = useAction(() => actions.cancel(meeting.id, reason), {
    onDone: () => {
      setCancelling(false);
      toast('会议已取消，已告知业主', 'good');
    },
  });
  const { state } = meeting;
  return (
    <View className="row row--wrap gap-3">
      {state === 'OPINIONS' && (
        <>
          <Button
            size="small"
            onTap={() => {
              navigate('convene', { assemblyId: meeting.id });
            }}
          >
            定时间、发通知
          </Button>
          <Button size="small" kind="plain" busy={redraft.busy} onTap={() => redraft.run()}>
            撤回修改议题
          </Button>
        </>
      )}
      {state === 'PUBLISHED' && (
        <Button
          size="small"
          onTap={() => {
            navigate('assemblyResult', { assemblyId: meeting.id });
          }}
        >
          看表决结果
        </Button>
      )}
      <Button
        size="small"
        kind="plain"
        onTap={() => {
          navigate('assemblyDetail', { assemblyId: meeting.id });
        }}
      >
        看业主看到的页面
      </Button>
      {(state === 'OPINIONS' || state === 'NOTICED') && (
        <Button
          size="small"
          kind="danger"
          onTap={() => {
            setCancelling(true);
          }}
        >
          取消会议
        </Button>
      )}
      {redraft.error !== null && <View className="t-bad">{redraft.error.message}</View>}
      <ConfirmSheet
        open={cancelling}
        title="取消会议"
        sentence="会议取消后不能恢复，原因会发给全体业主。"
        doLabel="取消会议"
        safeLabel="不取消"
        danger
        busy={cancel.busy}
        error={cancel.error?.field('reason') ?? cancel.error?.message}
        onConfirm={() => cancel.run()}
        onClose={() => {
          setCancelling(false);
        }}
      >
        <Field label="取消的原因">
          <TextArea value={reason} maxLength={ASSEMBLY_LIMITS.reasonLength.max} onChange={setReason} />
        </Field>
      </ConfirmSheet>
    </View>
  );
}

function Motions({ meeting }: Props) {
  const [withdrawing, setWithdrawing] = useState<MotionDetail | null>(null);
  const [reason, setReason] = useState('');
  const estateId = useSession((state) => state.estateId) ?? '';
  const withdraw = useAction(
    (_key, motionId: string) => conveneActions(estateId).withdraw(meeting.id, motionId, reason),
    {
      onDone: () => {
        setWithdrawing(null);
        setReason('');
        toast('议题已撤回，已告知业主', 'good');
      },
    },
  );
  const open = meeting.state === 'NOTICED' || meeting.state === 'VOTING';
  return (
    <Card title="议题">
      <View className="stack stack--3">
        {meeting.motions.map((motion) => (
          <View key={motion.id} className="row row--between row--top">
            <View className="grow">
              <View className="t-strong">{`${motion.position}. ${motion.title}`}</View>
              <View className="t-second t-muted">{motion.voteClassLabel}</View>
              {motion.withdrawn !== null && (
                <View className="t-second t-bad">{`已撤回：${motion.withdrawn.reason}`}</View>
              )}
              {motion.decisionNumber !== null && (
                <View className="t-second t-good">{motion.decisionNumber}</View>
              )}
            </View>
            {open && motion.state === 'ON_AGENDA' && (
              <Button
                size="small"
                kind="quiet"
                label={`撤回第 ${motion.position} 项`}
                onTap={() => {
                  setWithdrawing(motion);
                }}
              >
                撤回
              </Button>
            )}
          </View>
        ))}
      </View>
      <ConfirmSheet
        open={withdrawing !== null}
        title="撤回议题"
        sentence={`《${withdrawing?.title ?? ''}》将不再表决，已投的票对这一项不计。不能恢复。`}
        doLabel="撤回这一项"
        safeLabel="不撤回"
        danger
        busy={withdraw.busy}
        error={withdraw.error?.field('reason') ?? withdraw.error?.message}
        onConfirm={() => (withdrawing === null ? undefined : withdraw.run(withdrawing.id))}
        onClose={() => {
          setWithdrawing(null);
        }}
      >
        <Field label="撤回的原因">
          <TextArea value={reason} maxLength={ASSEMBLY_LIMITS.reasonLength.max} onChange={setReason} />
        </Field>
      </ConfirmSheet>
    </Card>
  );
}

const STANCE_WORDS = { AGREE: '赞成', CHANGE: '建议修改', DISAGREE: '不赞成' } as const;

function Opinions({ meeting }: Props) {
  const entries = useOpinionEntries(meeting.id);
  const titleOf = ({ motionId }: OpinionEntry) =>
    meeting.motions.find(({ id }) => id === motionId)?.title ?? '';
  return (
    <Card title="收到的意见">
      <PageContent resource={entries}>
        {({ items }) => (
          <View className="stack stack--3">
            {items.length === 0 && <View className="t-muted">还没有人提意见。</View>}
            {items.map((entry) => (
              <View key={`${entry.motionId}${entry.givenAt}${entry.byMasked}`} className="stack stack--1">
                <View>{entry.text}</View>
                <View className="t-second t-muted">
                  {`${STANCE_WORDS[entry.stance]} · ${entry.byMasked} · ${titleOf(entry)} · `}
                  <InstantText at={entry.givenAt} />
                </View>
              </View>
            ))}
            <MorePages more={entries.more} />
          </View>
        )}
      </PageContent>
    </Card>
  );
}

const OBJECTION_WORDS = {
  AREA: '面积不对',
  OWNER: '业主不对',
  CO_OWNER: '共有人不对',
  MISSING_UNIT: '少了房屋',
  OTHER: '其他',
} as const;

function Objections({ meeting }: Props) {
  const objections = useObjections(meeting.id);
  const [open, setOpen] = useState<RollObjectionEntry | null>(null);
  return (
    <Card title="名册异议">
      <PageContent resource={objections}>
        {({ items }) => (
          <View className="stack stack--3">
            {items.length === 0 && <View className="t-muted">没有人提出异议。</View>}
            {items.map((entry) => (
              <View key={entry.id} className="row row--between row--top">
                <View className="grow">
                  <View className="t-strong">{`${entry.label} · ${OBJECTION_WORDS[entry.kind]}`}</View>
                  <View>{entry.text}</View>
                  <View className="t-second t-muted">
                    {`${entry.raisedBy} · `}
                    <InstantText at={entry.raisedAt} />
                  </View>
                  {entry.answer !== null && <View className="t-second">{`答复：${entry.answer}`}</View>}
                </View>
                {entry.state === 'OPEN' ? (
                  <Button
                    size="small"
                    onTap={() => {
                      setOpen(entry);
                    }}
                  >
                    处理
                  </Button>
                ) : (
                  <Chip tone={entry.state === 'UPHELD' ? 'good' : 'plain'}>
                    {entry.state === 'UPHELD' ? '成立' : '不成立'}
                  </Chip>
                )}
              </View>
            ))}
          </View>
        )}
      </PageContent>
      <Sheet
        open={open !== null}
        title="处理异议"
        onClose={() => {
          setOpen(null);
        }}
      >
        {open !== null && (
          <AnswerForm
            meeting={meeting}
            entry={open}
            onDone={() => {
              setOpen(null);
            }}
          />
        )}
      </Sheet>
    </Card>
  );
}

function AnswerForm({
  meeting,
  entry,
  onDone,
}: Props & { readonly entry: RollObjectionEntry; readonly onDone: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [answer, setAnswer] = useState('');
  const [area, setArea] = useState('');
  const centiSqm = parseSqm(area);
  const send = useAction(
    (_key, decision: 'UPHELD' | 'DISMISSED') =>
      conveneActions(estateId).answer(meeting.id, entry.id, {
        decision,
        answer,
        ...(decision === 'UPHELD' && centiSqm !== null ? { correctedAreaCentiSqm: centiSqm } : {}),
      }),
    {
      onDone: () => {
        toast('已答复业主', 'good');
        onDone();
      },
    },
  );
  const correctable = meeting.state === 'NOTICED';
  return (
    <View className="stack stack--3">
      <View className="t-strong">{`${entry.label} · ${OBJECTION_WORDS[entry.kind]}`}</View>
      <View>{entry.text}</View>
      {entry.files.length > 0 && <Attachments files={entry.files} />}
      {entry.areaCentiSqm !== null && <Fact label="名册面积">{formatSqm(entry.areaCentiSqm)}</Fact>}
      {entry.kind === 'AREA' ? (
        <Field label="更正后的面积（㎡）" hint="成立时填写">
          <TextInput keyboard="decimal" value={area} onChange={setArea} />
        </Field>
      ) : (
        <View className="t-muted">成立时，按业主名册现在的登记更正这套房屋，请先更新名册。</View>
      )}
      <Field label="答复" error={send.error?.field('answer')}>
        <TextArea value={answer} maxLength={ASSEMBLY_LIMITS.reasonLength.max} onChange={setAnswer} />
      </Field>
      {send.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {send.error.message}
        </View>
      )}
      {!correctable && <View className="t-muted">投票已经开始，名册不能再改。</View>}
      <Button kind="plain" block busy={send.busy} onTap={() => send.run('DISMISSED')}>
        不成立
      </Button>
      <Button block disabled={!correctable} busy={send.busy} onTap={() => send.run('UPHELD')}>
        成立，更正名册
      </Button>
    </View>
  );
}
