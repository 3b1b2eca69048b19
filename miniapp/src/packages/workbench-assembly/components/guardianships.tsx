import { View } from '@tarojs/components';
import {
  GUARDIANSHIP_LABELS,
  GUARDIANSHIP_STATE_LABELS,
  type GuardianshipEntry,
} from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { Attachments, Button, Card, Chip, Fact, MorePages, PageContent } from '@/components';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { guardianshipActions, useGuardianships } from '../api';
import { GrantOrRefuse } from './grant-or-refuse';

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
  const actions = guardianshipActions(useSession((state) => state.estateId) ?? '');
  const end = useAction(() => actions.end(entry.id), { onDone: () => toast('已办理', 'good') });
  if (entry.state === 'IN_FORCE')
    return (
      <View className="row">
        <Button size="small" kind="plain" busy={end.busy} onTap={() => end.run()}>
          结束监护登记
        </Button>
      </View>
    );
  return (
    <GrantOrRefuse
      grantLabel="证明属实，通过"
      refusal={{
        title: '监护人登记不通过',
        sentence: '原因会告诉申请人。',
        doLabel: '不通过',
        safeLabel: '再看看',
        reasonLabel: '原因',
      }}
      decide={(approve, note) => actions.review(entry.id, { approve, note })}
      done="已办理"
    />
  );
}
