import { View } from '@tarojs/components';
import {
  ELECTION_LIMITS,
  type Handover,
  HANDOVER_KIND_LABELS,
  HANDOVER_STATE_LABELS,
  type HandoverItem,
} from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Chip, ConfirmSheet, Field, PageContent, TextArea } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { electionActions, useHandover } from '../election-api';

/** 移交清单: what, from whom, to whom; both sign, and what is missing is told to 街道. */
export function HandoverList({ termId }: { readonly termId: string }) {
  const handover = useHandover(termId);
  // The names of those who sign are for owners and those who oversee; others read how far it is.
  if (handover.status === 'error' && handover.error.status === 403) return null;
  return (
    <PageContent resource={handover}>
      {(list) => (
        <View className="stack stack--3">
          <View className={list.overdueDays > 0 ? 't-bad' : 't-muted'}>{dueWords(list)}</View>
          {list.items
            .filter(({ recalled }) => !recalled)
            .map((item) => (
              <Item key={item.id} termId={termId} item={item} />
            ))}
          <AfterRecall termId={termId} items={list.items.filter(({ recalled }) => recalled)} />
        </View>
      )}
    </PageContent>
  );
}

const dueWords = ({ dueOn, overdueDays }: Handover) =>
  `应在 ${formatFullDate(dueOn)}前移交完，移交和接收的人都要签${overdueDays > 0 ? `，已逾期 ${overdueDays} 天` : ''}`;

/** What a recalled chair or treasurer holds goes to those in office. */
function AfterRecall({
  termId,
  items,
}: {
  readonly termId: string;
  readonly items: readonly HandoverItem[];
}) {
  if (items.length === 0) return null;
  return (
    <>
      <View className="t-strong">被罢免的委员移交给在任委员</View>
      {items.map((item) => (
        <Item key={item.id} termId={termId} item={item} />
      ))}
    </>
  );
}

interface ItemProps {
  readonly termId: string;
  readonly item: HandoverItem;
}

function Item({ termId, item }: ItemProps) {
  const tone = { PENDING: 'plain', GIVEN: 'info', DONE: 'good', MISSING: 'bad' } as const;
  return (
    <View className="stack stack--1">
      <View className="row row--between row--top">
        <View className="grow">{`${HANDOVER_KIND_LABELS[item.kind]}：${item.name}`}</View>
        <Chip tone={tone[item.state]}>{HANDOVER_STATE_LABELS[item.state]}</Chip>
      </View>
      {item.givenBy !== null && (
        <View className="t-second t-muted">{`${item.givenBy} 移交${item.receivedBy === null ? '' : `，${item.receivedBy} 接收`}`}</View>
      )}
      {item.state === 'MISSING' && <View className="t-second t-bad">{item.note}</View>}
      <Sign termId={termId} item={item} />
    </View>
  );
}

function Sign({ termId, item }: ItemProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [missing, setMissing] = useState(false);
  const sign = useAction(
    (_, what: 'give' | 'receive') => electionActions(estateId).handOver(termId, item.id, what),
    { onDone: () => toast('已签', 'good') },
  );
  const button = (words: string, what: 'give' | 'receive') => (
    <Button
      size="small"
      kind={what === 'give' ? 'plain' : 'primary'}
      busy={sign.busy}
      label={`${item.name}，${words}`}
      onTap={() => sign.run(what)}
    >
      {words}
    </Button>
  );
  return (
    <>
      {sign.error !== null && <View className="t-bad">{sign.error.message}</View>}
      <View className="row row--wrap gap-3">
        {item.mayGive && button('我已移交', 'give')}
        {item.mayReceive && button('我已收到', 'receive')}
        {item.mayTellMissing && (
          <Button
            size="small"
            kind="quiet"
            label={`${item.name}，没有收到`}
            onTap={() => {
              setMissing(true);
            }}
          >
            没有收到
          </Button>
        )}
      </View>
      {missing && (
        <Missing
          termId={termId}
          item={item}
          onClose={() => {
            setMissing(false);
          }}
        />
      )}
    </>
  );
}

function Missing({
  termId,
  item,
  onClose,
}: {
  readonly termId: string;
  readonly item: HandoverItem;
  readonly onClose: () => void;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: reason, set: setReason, discard } = useDraft(`handover-missing/${item.id}`, '');
  const tell = useAction(() => electionActions(estateId).missing(termId, item.id, reason.trim()), {
    onDone: () => {
      discard();
      toast('已告知社区和街道');
      onClose();
    },
  });
  return (
    <ConfirmSheet
      open
      danger
      title="没有收到"
      sentence={`“${item.name}”会记为缺失，并告知社区和街道。`}
      doLabel="记为缺失"
      busy={tell.busy}
      error={tell.error?.field('reason') ?? tell.error?.message}
      onConfirm={() => tell.run()}
      onClose={onClose}
    >
      <Field label="少了什么">
        <TextArea value={reason} maxLength={ELECTION_LIMITS.reasonLength.max} onChange={setReason} />
      </Field>
    </ConfirmSheet>
  );
}
