import { View } from '@tarojs/components';
import { PETITION_KIND_LABELS, type PetitionDetail } from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Fact, InstantText, MorePages, PageContent } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { useSession } from '@/stores';
import { electionDeskActions, usePetition, useSigners } from '../election-api';

/** A petition for those whose turn it is: what is asked, by when, and the meeting that follows. */
export function PetitionDuty({ petitionId }: { readonly petitionId: string }) {
  const petition = usePetition(petitionId);
  return <PageContent resource={petition}>{(detail) => <Duty petition={detail} />}</PageContent>;
}

function Duty({ petition }: { readonly petition: PetitionDetail }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [names, setNames] = useState(false);
  const convene = useAction(() => electionDeskActions(estateId).convene(petition.id), {
    onDone: ({ assemblyId }) => {
      navigate('convene', { assemblyId });
    },
  });
  const { progress, duty, assemblyId } = petition;
  return (
    <View className="stack stack--3">
      <View>{petition.text}</View>
      <Fact label="要求">{PETITION_KIND_LABELS[petition.kind]}</Fact>
      {petition.members.length > 0 && (
        <Fact label="罢免">{petition.members.map(({ name }) => name).join('、')}</Fact>
      )}
      <Fact label="签名">{`${progress.heads.have} 户，要 ${progress.heads.needed} 户`}</Fact>
      <Fact label="征集截止">
        <InstantText at={petition.signUntil} />
      </Fact>
      {duty.sentence !== '' && (
        <View className={duty.overdueDays > 0 ? 't-bad t-strong' : 't-strong'}>{duty.sentence}</View>
      )}
      {convene.error !== null && <View className="t-bad">{convene.error.message}</View>}
      {petition.mayConvene && (
        <Button block busy={convene.busy} busyText="正在起草" onTap={() => convene.run()}>
          起草业主大会
        </Button>
      )}
      {assemblyId !== null && duty.on !== 'NOBODY' && (
        <Button
          block
          kind="plain"
          onTap={() => {
            navigate('convene', { assemblyId });
          }}
        >
          继续起草会议
        </Button>
      )}
      {petition.maySeeSigners && !names && (
        <Button
          block
          kind="plain"
          onTap={() => {
            setNames(true);
          }}
        >
          核对签名（查看会留记录）
        </Button>
      )}
      {names && <Signers petitionId={petition.id} />}
    </View>
  );
}

function Signers({ petitionId }: { readonly petitionId: string }) {
  const signers = useSigners(petitionId);
  return (
    <PageContent resource={signers}>
      {({ items }) => (
        <View className="stack stack--2">
          {items.map(({ name, homes, signedAt }) => (
            <Fact key={`${homes}${signedAt}`} label={name}>
              {homes}
            </Fact>
          ))}
          <MorePages more={signers.more} />
        </View>
      )}
    </PageContent>
  );
}
