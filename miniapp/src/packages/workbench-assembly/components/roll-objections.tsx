import { View } from '@tarojs/components';
import { ASSEMBLY_LIMITS, type AssemblyDetail, type RollObjectionEntry } from '@linli/shared/assembly';
import { formatSqm, parseSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Attachments,
  Button,
  Card,
  Chip,
  Fact,
  Field,
  InstantText,
  MorePages,
  PageContent,
  Sheet,
  TextArea,
  TextInput,
} from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { conveneActions, useObjections } from '../api';

interface Props {
  readonly meeting: AssemblyDetail;
}

const OBJECTION_WORDS = {
  AREA: '面积不对',
  OWNER: '业主不对',
  CO_OWNER: '共有人不对',
  MISSING_UNIT: '少了房屋',
  OTHER: '其他',
} as const;

/** 名册异议: what owners say is wrong on the frozen roll, and the answers. */
export function RollObjections({ meeting }: Props) {
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
            <MorePages more={objections.more} />
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
  const draft = useDraft(`roll-answer/${entry.id}`, { answer: '', area: '' });
  const { answer, area } = draft.value;
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
        draft.discard();
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
          <TextInput keyboard="decimal" value={area} onChange={(typed) => draft.merge({ area: typed })} />
        </Field>
      ) : (
        <View className="t-muted">成立时，按业主名册现在的登记更正这套房屋，请先更新名册。</View>
      )}
      <Field label="答复" error={send.error?.field('answer')}>
        <TextArea
          value={answer}
          maxLength={ASSEMBLY_LIMITS.reasonLength.max}
          onChange={(typed) => draft.merge({ answer: typed })}
        />
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
