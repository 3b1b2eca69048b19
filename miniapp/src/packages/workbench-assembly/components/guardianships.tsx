import { View } from '@tarojs/components';
import {
  GUARDIANSHIP_LABELS,
  GUARDIANSHIP_STATE_LABELS,
  type GuardianshipEntry,
} from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Attachments, Button, Card, Chip, Fact, MorePages, PageContent } from '@/components';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { guardianshipActions, useGuardianships } from '../api';
import { ReasonSheet } from './reason-sheet';

const TONES = { PENDING: 'urgent', IN_FORCE: 'good', REFUSED: 'bad', ENDED: 'plain' } as const;

/** 监护人登记: who votes for owners that cannot act alone; only 社区 and 街道 see the document. */
export function Guardianships() {
  const entries = useGuardianships();
  return (
    <Card title="监护人登记">
      <PageContent resource={entries}>
        {({ items }) => (
          <View className="stack stack--3">
            {items.length === 0 && (
              <View className="t-muted">没有人申请。未成年或不能独立办事的业主，由监护人代为投票。</View>
            )}
            {items.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
            <MorePages more={entries.more} />
          </View>
        )}
      </PageContent>
    </Card>
  );
}

function Entry({ entry }: { readonly entry: GuardianshipEntry }) {
  const { guardian, ward, units, kind, endsOn, state, document, note } = entry;
  return (
    <View className="stack stack--2">
      <View className="row row--between row--top">
        <View className="t-strong grow">{`${guardian} 申请作 ${ward} 的监护人`}</View>
        <Chip tone={TONES[state]}>{GUARDIANSHIP_STATE_LABELS[state]}</Chip>
      </View>
      <View className="t-second t-muted">{units}</View>
      <Fact label="原因">{`${GUARDIANSHIP_LABELS[kind]}${endsOn === null ? '' : `，到 ${formatFullDate(endsOn)}`}`}</Fact>
      {note !== null && <View className="t-second">{note}</View>}
      {document !== null && state === 'PENDING' && <Attachments files={[document]} />}
      {(state === 'PENDING' || state === 'IN_FORCE') && <Steps entry={entry} />}
    </View>
  );
}

function Steps({ entry }: { readonly entry: GuardianshipEntry }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [refusing, setRefusing] = useState(false);
  const [note, setNote] = useState('');
  const actions = guardianshipActions(estateId);
  const done = {
    onDone: () => {
      setRefusing(false);
      toast('已办理', 'good');
    },
  };
  const review = useAction((_key, approve: boolean) => actions.review(entry.id, { approve, note }), done);
  const end = useAction(() => actions.end(entry.id), done);
  if (entry.state === 'IN_FORCE')
    return (
      <View className="row">
        <Button size="small" kind="plain" busy={end.busy} onTap={() => end.run()}>
          结束监护登记
        </Button>
      </View>
    );
  return (
    <View className="row row--wrap gap-3">
      <Button size="small" busy={review.busy} onTap={() => review.run(true)}>
        证明属实，通过
      </Button>
      <Button
        size="small"
        kind="plain"
        onTap={() => {
          setRefusing(true);
        }}
      >
        不通过
      </Button>
      {review.error !== null && <View className="t-bad">{review.error.message}</View>}
      <ReasonSheet
        open={refusing}
        title="监护人登记不通过"
        sentence="原因会告诉申请人。"
        doLabel="不通过"
        safeLabel="再看看"
        reasonLabel="原因"
        reason={note}
        onReason={setNote}
        action={review}
        onConfirm={() => review.run(false)}
        onClose={() => {
          setRefusing(false);
        }}
      />
    </View>
  );
}
