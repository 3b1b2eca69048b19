import { View } from '@tarojs/components';
import {
  GUARDIANSHIP_LABELS,
  GUARDIANSHIP_STATE_LABELS,
  type GuardianshipEntry,
} from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { Attachments, Card, Chip, ConfirmButton, Empty, Fact, InstantText, MorePages } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { toast, useSession } from '@/stores';
import { guardianshipActions, useGuardianships } from '../../api';
import { GrantOrRefuse } from '../../components/grant-or-refuse';

const TONES = { PENDING: 'urgent', IN_FORCE: 'good', REFUSED: 'bad', ENDED: 'plain' } as const;

/** 监护人: who votes for owners that cannot act alone; only 社区 and 街道 see the document. */
export default function GuardiansDeskPage() {
  const entries = useGuardianships();
  return (
    <WorkbenchShell route="guardiansDesk" active="guardians" title="监护人" resource={entries}>
      {({ items }) => (
        <View className="stack stack--4">
          <View>
            未成年、没有或限制民事行为能力的业主，由监护人代为投票。请核对证明上的关系和期限；业委会和物业不能登记，也看不到证明。
          </View>
          {items.length === 0 && (
            <Empty title="没有人申请" text="监护人在“我的房屋”里登记以后，会出现在这里。" />
          )}
          {items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
          <MorePages more={entries.more} />
        </View>
      )}
    </WorkbenchShell>
  );
}

function Entry({ entry }: { readonly entry: GuardianshipEntry }) {
  const { guardian, ward, units, kind, endsOn, state, document, note, askedAt } = entry;
  return (
    <Card
      title={`${guardian} 作 ${ward} 的监护人`}
      extra={<Chip tone={TONES[state]}>{GUARDIANSHIP_STATE_LABELS[state]}</Chip>}
    >
      <View className="stack stack--2">
        <Fact label="业主的房屋">{units}</Fact>
        <Fact label="原因">{GUARDIANSHIP_LABELS[kind]}</Fact>
        <Fact label="到哪天为止">{endsOn === null ? '没有写期限' : formatFullDate(endsOn)}</Fact>
        <Fact label="提交时间">
          <InstantText at={askedAt} />
        </Fact>
        {note !== null && <Fact label="未通过原因">{note}</Fact>}
        {document !== null && state === 'PENDING' && <Attachments files={[document]} />}
        {state === 'PENDING' && <Decide entry={entry} />}
        {state === 'IN_FORCE' && <End entry={entry} />}
      </View>
    </Card>
  );
}

function Decide({ entry: { id } }: { readonly entry: GuardianshipEntry }) {
  const actions = guardianshipActions(useSession((state) => state.estateId) ?? '');
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
      decide={(approve, note) => actions.review(id, { approve, note })}
      keptAs={`guardian-refusal/${id}`}
      done="已办理，已经告诉申请人"
    />
  );
}

function End({ entry: { id, guardian, ward } }: { readonly entry: GuardianshipEntry }) {
  const actions = guardianshipActions(useSession((state) => state.estateId) ?? '');
  return (
    <View className="row">
      <ConfirmButton
        size="small"
        kind="plain"
        text="结束登记"
        label={`${guardian} 作 ${ward} 的监护人，结束登记`}
        ask={{
          title: '结束监护登记',
          sentence: `${guardian} 不再代 ${ward} 投票。已经投的票仍然算数。`,
          doLabel: '结束登记',
          safeLabel: '先不结束',
          danger: true,
        }}
        perform={() => actions.end(id)}
        onDone={() => {
          toast('已办理，已经告诉监护人', 'good');
        }}
      />
    </View>
  );
}
