import { View } from '@tarojs/components';
import { ASSEMBLY_STATE_LABELS, type DeveloperMeeting, type DeveloperVote } from '@linli/shared/assembly';
import { formatInstant, formatSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, ConfirmSheet, Deadline, Empty, Fact, useNow } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { registerDelegate, useDeveloperMeetings } from '../../api';
import { DelegateForm } from '../../components/delegate-form';

/** 建设单位代表: who votes for what is not sold or handed over yet, registered on a letter by 社区 or 街道. */
export default function DelegatesDeskPage() {
  const meetings = useDeveloperMeetings();
  return (
    <WorkbenchShell route="delegatesDesk" active="delegates" title="建设单位代表" resource={meetings}>
      {(known) => (
        <View className="stack stack--4">
          <View>
            没有卖出或没有交付的房屋合成一票，由建设单位委托的人来投。请核对盖章的授权委托书和本人身份再登记；业委会和物业不能登记。
          </View>
          {known.length === 0 && (
            <Empty
              title="现在没有要登记的会议"
              text="业主大会发出通知后，建设单位还有没卖出或没交付的房屋时，会出现在这里。"
            />
          )}
          {known.map((meeting) => (
            <Meeting key={meeting.assemblyId} meeting={meeting} />
          ))}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Meeting({ meeting }: { readonly meeting: DeveloperMeeting }) {
  const { state, opensAt, closesAt, developers } = meeting;
  const now = useNow();
  return (
    <Card
      title={meeting.title}
      extra={<Chip tone={state === 'VOTING' ? 'urgent' : 'info'}>{ASSEMBLY_STATE_LABELS[state]}</Chip>}
    >
      <View className="stack stack--3">
        <View className="t-second t-muted">{meeting.name}</View>
        {state === 'NOTICED' && opensAt !== null && (
          <Fact label="投票开始">{formatInstant(opensAt, now)}</Fact>
        )}
        {closesAt !== null && <Deadline at={closesAt} what="投票截止" />}
        {developers.map((vote) => (
          <Developer key={vote.principalId} meeting={meeting} vote={vote} />
        ))}
      </View>
    </Card>
  );
}

interface DeveloperProps {
  readonly meeting: DeveloperMeeting;
  readonly vote: DeveloperVote;
}

function Developer({ meeting, vote }: DeveloperProps) {
  const [open, setOpen] = useState<'REGISTER' | 'TAKE_BACK' | null>(null);
  const { developer, delegate, units, counts } = vote;
  const close = () => {
    setOpen(null);
  };
  return (
    <View className="stack stack--2">
      <View className="row row--between row--top">
        <View className="t-strong grow">{developer}</View>
        {delegate === null ? (
          <Chip tone="urgent">还没有代表</Chip>
        ) : (
          <Chip tone="good" icon="check">
            已登记
          </Chip>
        )}
      </View>
      <Fact label="房屋">{`${units} 套、${formatSqm(counts.areaCentiSqm)}，按 ${counts.heads} 户计`}</Fact>
      {delegate !== null && <Fact label="投票的人">{delegate}</Fact>}
      <View className="row row--wrap gap-3">
        <Button
          kind={delegate === null ? 'primary' : 'plain'}
          label={`${meeting.title}，${developer}，${delegate === null ? '登记代表' : '换人'}`}
          onTap={() => {
            setOpen('REGISTER');
          }}
        >
          {delegate === null ? '登记代表' : '换人'}
        </Button>
        {delegate !== null && (
          <Button
            kind="quiet"
            label={`${meeting.title}，${developer}，撤销登记`}
            onTap={() => {
              setOpen('TAKE_BACK');
            }}
          >
            撤销登记
          </Button>
        )}
      </View>
      {open === 'REGISTER' && <DelegateForm meeting={meeting} vote={vote} onClose={close} />}
      {open === 'TAKE_BACK' && <TakeBack meeting={meeting} vote={vote} onClose={close} />}
    </View>
  );
}

function TakeBack({ meeting, vote, onClose }: DeveloperProps & { readonly onClose: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const takeBack = useAction(
    () =>
      registerDelegate(estateId, meeting.assemblyId, {
        principalId: vote.principalId,
        phone: null,
        letterFileId: null,
      }),
    {
      onDone: () => {
        toast('已撤销登记');
        onClose();
      },
    },
  );
  return (
    <ConfirmSheet
      open
      danger
      title="撤销登记"
      sentence={`${vote.delegate ?? ''}不再代表${vote.developer}在“${meeting.title}”投票。已经投的票仍然算数，直到新的代表改投。`}
      doLabel="撤销"
      busy={takeBack.busy}
      error={takeBack.error?.message}
      onConfirm={() => takeBack.run()}
      onClose={onClose}
    />
  );
}
