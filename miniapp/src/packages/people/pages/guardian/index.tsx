import { View } from '@tarojs/components';
import { type Guardianship, GUARDIANSHIP_LABELS, GUARDIANSHIP_STATE_LABELS } from '@linli/shared/assembly';
import { formatFullDate } from '@linli/shared/kernel';
import { Button, Card, Chip, ConfirmButton, Fact, InstantText, PageShell, SkeletonList } from '@/components';
import { navigate } from '@/navigate';
import { toast } from '@/stores';
import { endGuardianship, useMyGuardianships } from '../../api';

const TONES = { PENDING: 'info', IN_FORCE: 'good', REFUSED: 'bad', ENDED: 'plain' } as const;

/** 监护人: for which owners one votes, or has asked to. */
export default function GuardianPage() {
  const mine = useMyGuardianships();
  return (
    <PageShell route="guardian" resource={mine} skeleton={<SkeletonList cards={2} />}>
      {(guardianships) => (
        <View className="stack stack--4">
          <Card title="替不能自己投票的业主投票">
            <View className="stack stack--3">
              <View>
                业主是未成年人，或者自己不能办这件事，由监护人代他投票，一票算他的。社区核对证明以后，每次业主大会都能投，到期自动结束。
              </View>
              <Button
                block
                icon="edit"
                onTap={() => {
                  navigate('guardianNew');
                }}
              >
                登记监护人
              </Button>
            </View>
          </Card>
          {guardianships.map((guardianship) => (
            <One key={guardianship.id} guardianship={guardianship} />
          ))}
        </View>
      )}
    </PageShell>
  );
}

function One({ guardianship }: { readonly guardianship: Guardianship }) {
  const { ward, estateName, kind, endsOn, state, note, askedAt } = guardianship;
  return (
    <Card>
      <View className="stack stack--2">
        <View className="row row--between row--top gap-2">
          <View className="t-title grow">{`${ward} 的监护人`}</View>
          <Chip tone={TONES[state]}>{GUARDIANSHIP_STATE_LABELS[state]}</Chip>
        </View>
        <View className="t-second t-muted">{`${estateName} · ${GUARDIANSHIP_LABELS[kind]}`}</View>
        {endsOn !== null && <Fact label="到哪天为止">{formatFullDate(endsOn)}</Fact>}
        <Fact label="提交时间">
          <InstantText at={askedAt} />
        </Fact>
        {note !== null && <View className="t-bad">{`没有通过的原因：${note}`}</View>}
        <Next guardianship={guardianship} />
      </View>
    </Card>
  );
}

/** What it means now, and what the guardian can do about it. */
function Next({ guardianship: { id, ward, state } }: { readonly guardianship: Guardianship }) {
  if (state === 'PENDING')
    return (
      <>
        <View className="t-second">社区或街道核对证明，有结果会发消息给您。</View>
        <End
          id={id}
          words="撤回"
          title="撤回登记"
          sentence={`您不再申请作 ${ward} 的监护人，以后可以重新登记。`}
        />
      </>
    );
  if (state === 'IN_FORCE')
    return (
      <>
        <View className="t-second">有业主大会时，在“议事”里打开会议就能代他投。</View>
        <End
          id={id}
          words="不再作监护人"
          title="不再作监护人"
          sentence={`您不再代 ${ward} 投票。已经投的票仍然算数。`}
        />
      </>
    );
  if (state === 'REFUSED')
    return (
      <View className="row">
        <Button
          kind="plain"
          size="small"
          onTap={() => {
            navigate('guardianNew');
          }}
        >
          补证明，重新登记
        </Button>
      </View>
    );
  return <View className="t-second t-muted">登记已结束，由业主本人或新的监护人投票。</View>;
}

interface EndProps {
  readonly id: string;
  readonly words: string;
  readonly title: string;
  readonly sentence: string;
}

function End({ id, words, title, sentence }: EndProps) {
  return (
    <View className="row">
      <ConfirmButton
        kind="plain"
        size="small"
        text={words}
        ask={{ title, sentence, doLabel: words, safeLabel: '先不', danger: true }}
        perform={() => endGuardianship(id)}
        onDone={() => {
          toast('已办理', 'good');
        }}
      />
    </View>
  );
}
