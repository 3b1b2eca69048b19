import { View } from '@tarojs/components';
import {
  ASSEMBLY_LIMITS,
  type AssemblyDetail,
  type Extension,
  type ExtensionsResponse,
} from '@linli/shared/assembly';
import { formatInstant, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, DatePicker, Field, PageContent, Sheet, TextArea, useNow } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { extensionActions, useExtensions } from '../api';
import { GrantOrRefuse } from './grant-or-refuse';

const STATE_CHIPS = {
  PROPOSED: ['urgent', '待街道决定'],
  APPROVED: ['good', '已同意'],
  REFUSED: ['bad', '未同意'],
} as const;
/** 晚上 8:00, as every vote closes. */
const CLOSING_HOUR = 20;

/** 延长投票: what the place allows, what was asked for, and who decided; never quietly. */
export function Extensions({ meeting }: { readonly meeting: AssemblyDetail }) {
  const extensions = useExtensions(meeting.id);
  return (
    <Card title="延长投票">
      <PageContent resource={extensions}>{(known) => <Known meeting={meeting} known={known} />}</PageContent>
    </Card>
  );
}

interface Props {
  readonly meeting: AssemblyDetail;
  readonly known: ExtensionsResponse;
}

function Known({ meeting, known }: Props) {
  const [proposing, setProposing] = useState(false);
  const close = () => {
    setProposing(false);
  };
  return (
    <View className="stack stack--3">
      <View className="t-muted">{known.sentence}</View>
      {known.items.map((item) => (
        <Row key={item.id} item={item} meeting={meeting} canDecide={known.canDecide} />
      ))}
      {known.canPropose && (
        <Button
          size="small"
          kind="plain"
          onTap={() => {
            setProposing(true);
          }}
        >
          提出延长
        </Button>
      )}
      {proposing && <Propose meeting={meeting} known={known} onClose={close} />}
    </View>
  );
}

function Row({
  item,
  meeting,
  canDecide,
}: {
  readonly item: Extension;
  readonly meeting: AssemblyDetail;
  readonly canDecide: boolean;
}) {
  const now = useNow();
  const [tone, word] = STATE_CHIPS[item.state];
  return (
    <View className="stack stack--1">
      <View className="row row--between row--top">
        <View className="grow">{`${formatInstant(item.from, now)} → ${formatInstant(item.to, now)}`}</View>
        <Chip tone={tone}>{word}</Chip>
      </View>
      <View>{item.reason}</View>
      <View className="t-second t-muted">
        {`${item.proposedBy}提出${item.decidedBy === null ? '' : `，${item.decidedBy}决定`}${item.refusal === null ? '' : `：${item.refusal}`}`}
      </View>
      {canDecide && item.state === 'PROPOSED' && <Decide item={item} meeting={meeting} />}
    </View>
  );
}

function Decide({ item, meeting }: { readonly item: Extension; readonly meeting: AssemblyDetail }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return (
    <GrantOrRefuse
      grantLabel="同意延长"
      refusal={{
        title: '不同意延长',
        sentence: '投票仍在原来的时间截止，到期就计票。',
        doLabel: '不同意',
        safeLabel: '再想想',
        reasonLabel: '不同意的原因',
      }}
      decide={(approve, reason) =>
        extensionActions(estateId, meeting.id).decide(item.id, { approve, reason })
      }
      keptAs={`extension-refusal/${item.id}`}
      done="已决定，已告知业主"
    />
  );
}

function Propose({ meeting, known, onClose }: Props & { readonly onClose: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const draft = useDraft<{ day: string | null; reason: string }>(`extension/${meeting.id}`, {
    day: null,
    reason: '',
  });
  const { day, reason } = draft.value;
  const latest = known.latest ?? 0;
  const propose = useAction(
    () =>
      extensionActions(estateId, meeting.id).propose({
        to: Math.min(latest, timeOfDay(day ?? shanghaiDate(latest), CLOSING_HOUR, 0)),
        reason,
      }),
    {
      onDone: () => {
        draft.discard();
        toast('已提出，等街道决定', 'good');
        onClose();
      },
    },
  );
  return (
    <Sheet open title="提出延长投票" onClose={onClose}>
      <View className="stack stack--3">
        <Field label="延长到哪一天（晚上 8:00）">
          <DatePicker
            value={day}
            from={shanghaiDate(meeting.closesAt ?? 0)}
            to={shanghaiDate(latest)}
            onChange={(chosen) => draft.merge({ day: chosen })}
          />
        </Field>
        <Field label="为什么要延长" hint="会告诉全体业主，并记入表决记录">
          <TextArea
            value={reason}
            maxLength={ASSEMBLY_LIMITS.reasonLength.max}
            onChange={(typed) => draft.merge({ reason: typed })}
          />
        </Field>
        {propose.error !== null && <View className="t-bad">{propose.error.message}</View>}
        <Button
          block
          disabled={day === null || reason.trim() === ''}
          busy={propose.busy}
          onTap={() => propose.run()}
        >
          提出
        </Button>
      </View>
    </Sheet>
  );
}
