import { View } from '@tarojs/components';
import { PETITION_KIND_LABELS, type PetitionDetail, type PetitionState } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import {
  Button,
  Card,
  Chip,
  ConfirmButton,
  Deadline,
  Fact,
  InstantText,
  PageShell,
  SkeletonCard,
} from '@/components';
import { navigate, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { SignedBar } from '../../components/signed-bar';
import { electionActions, usePetition } from '../../election-api';

const STATES: Readonly<Record<PetitionState, readonly ['info' | 'good' | 'urgent' | 'plain', string]>> = {
  OPEN: ['info', '征集签名中'],
  REACHED: ['good', '人数已够'],
  WITH_STREET: ['urgent', '由街道召集'],
  LAPSED: ['plain', '到期人数不够'],
  WITHDRAWN: ['plain', '发起人已撤回'],
};

/** One petition: what it asks, how many are missing, and whose turn it is. Who signed is on no page of an owner. */
export default function PetitionPage() {
  const { petitionId } = useRouteParams('petition');
  const petition = usePetition(petitionId);
  return (
    <PageShell route="petition" resource={petition} skeleton={<SkeletonCard lines={6} />}>
      {(detail) => (
        <View className="stack stack--4">
          <Head petition={detail} />
          <Card title="签名进度">
            <View className="stack stack--3">
              <View className="t-title">{detail.progress.sentence}</View>
              <SignedBar progress={detail.progress} />
              {detail.duty.sentence !== '' && (
                <View className={detail.duty.overdueDays > 0 ? 't-bad' : ''}>{detail.duty.sentence}</View>
              )}
              <View className="t-second t-muted">
                一户不论几套房、几个共有人，只算一户。谁签了名，其他业主和业委会都看不到；人数够了以后只有社区和街道核对。
              </View>
            </View>
          </Card>
          {detail.state === 'OPEN' && <Deadline at={detail.signUntil} what="征集截止" />}
          <Sign petition={detail} />
          {detail.assemblyId !== null && <Meeting assemblyId={detail.assemblyId} petition={detail} />}
        </View>
      )}
    </PageShell>
  );
}

function Head({ petition }: { readonly petition: PetitionDetail }) {
  const [tone, label] = STATES[petition.state];
  return (
    <Card title={petition.title} extra={<Chip tone={tone}>{label}</Chip>}>
      <View className="stack stack--2">
        <View>{petition.text}</View>
        <Fact label="要求">{PETITION_KIND_LABELS[petition.kind]}</Fact>
        {petition.members.length > 0 && (
          <Fact label="罢免">{petition.members.map(({ name }) => name).join('、')}</Fact>
        )}
        {petition.members.map(
          ({ membershipId, name, recalledAt }) =>
            recalledAt !== null && (
              <Fact key={membershipId} label={`${name}任职结束`}>
                <InstantText at={recalledAt} />
              </Fact>
            ),
        )}
        <Fact label="发起">
          <InstantText at={petition.startedAt} />
        </Fact>
      </View>
    </Card>
  );
}

interface OneProps {
  readonly petition: PetitionDetail;
}

function Sign({ petition }: OneProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const takeBack = useAction(() => electionActions(estateId).takeBack(petition.id), {
    onDone: () => toast('已撤回签名', 'good'),
  });
  return (
    <View className="stack stack--3">
      {petition.signedByMe && <Chip tone="good">您已签名</Chip>}
      {petition.maySign && <SignButton petition={petition} />}
      {takeBack.error !== null && <View className="t-bad">{takeBack.error.message}</View>}
      {petition.mayTakeBack && (
        <Button block kind="plain" busy={takeBack.busy} onTap={() => takeBack.run()}>
          撤回我的签名
        </Button>
      )}
      {petition.startedByMe && petition.state === 'OPEN' && <Withdraw petition={petition} />}
    </View>
  );
}

function SignButton({ petition }: OneProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { mine } = petition;
  const weight =
    mine === null ? '您作为业委会成员' : `您家 ${formatSqm(mine.areaCentiSqm)}，按 ${mine.heads} 户计，`;
  return (
    <ConfirmButton
      block
      text="签名"
      ask={{
        title: '签名联名',
        sentence: `${weight}签名支持“${petition.title}”。人数够以前可以撤回。`,
        doLabel: '确认签名',
      }}
      perform={() => electionActions(estateId).sign(petition.id)}
      onDone={() => {
        toast('已签名', 'good');
      }}
    />
  );
}

function Withdraw({ petition }: OneProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return (
    <ConfirmButton
      block
      kind="quiet"
      text="撤回这份联名"
      ask={{
        title: '撤回联名',
        sentence: '撤回后签名全部作废，要重新征集。',
        doLabel: '撤回联名',
        danger: true,
      }}
      perform={() => electionActions(estateId).withdraw(petition.id)}
      onDone={() => {
        toast('联名已撤回', 'good');
      }}
    />
  );
}

/** A draft is nobody's business yet; once the notice is out everybody may read the meeting. */
function Meeting({
  assemblyId,
  petition,
}: {
  readonly assemblyId: string;
  readonly petition: PetitionDetail;
}) {
  if (petition.duty.on !== 'NOBODY') return <View className="t-muted">会议正在筹备，还没有发出通知。</View>;
  return (
    <Button
      block
      onTap={() => {
        navigate('assemblyDetail', { assemblyId });
      }}
    >
      去看业主大会
    </Button>
  );
}
