import { Text, View } from '@tarojs/components';
import { ROLE_NAMES, type HomePeople, type HomePerson } from '@linli/shared/identity';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Cell, Chip, ConfirmSheet, PageShell, SkeletonList } from '@/components';
import { goBack, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { myHomes, toast, useSession } from '@/stores';
import { forgetHome, forgetMe, removePerson, useHomePeople } from '../../api';
import { Invitations } from '../../components/invitations';

/** 谁住在这里: the people of one home; an owner invites and removes, the others may leave. */
export default function HomePeoplePage() {
  const { unitId } = useRouteParams('homePeople');
  const home = useSession(myHomes).find((candidate) => candidate.unitId === unitId);
  const people = useHomePeople(unitId);
  return (
    <PageShell
      route="homePeople"
      title={home?.unitName ?? '谁住在这里'}
      resource={people}
      skeleton={<SkeletonList cards={2} />}
    >
      {(data) => (
        <View className="stack stack--4">
          <View className="t-second t-muted">
            {data.mayInvite
              ? '家人和租户能看公示、投诉，不能投票，也看不到公共收益的账。'
              : '只有业主能邀请和移除同住人。'}
          </View>
          <People unitId={unitId ?? ''} data={data} />
          {data.mayInvite && <Invitations unitId={unitId ?? ''} unitName={home?.unitName ?? '您家'} />}
        </View>
      )}
    </PageShell>
  );
}

function People({ unitId, data }: { readonly unitId: string; readonly data: HomePeople }) {
  const [leaving, setLeaving] = useState<HomePerson | null>(null);
  const remove = useAction((_key, person: HomePerson) => removePerson(unitId, person.residencyId), {
    onDone: () => {
      const self = leaving?.me === true;
      setLeaving(null);
      forgetHome(unitId);
      forgetMe();
      toast(self ? '您已退出这套房屋' : '已移除，马上生效', 'good');
      if (self) goBack('mine');
    },
  });
  return (
    <Card title="住在这里的人" flush>
      {data.people.map((person) => (
        <Cell
          key={person.residencyId}
          icon="person"
          title={
            <View className="row row--wrap gap-2">
              <Text>{person.name === '' ? '未登记姓名' : person.name}</Text>
              {person.me && <Chip tone="brand">我</Chip>}
            </View>
          }
          detail={`${ROLE_NAMES[person.kind]}${person.endsAt === null ? '' : `，到 ${formatFullDate(shanghaiDate(person.endsAt))} 为止`}`}
          value={
            person.removable ? (
              <RemoveButton
                person={person}
                onTap={() => {
                  remove.clearError();
                  setLeaving(person);
                }}
              />
            ) : undefined
          }
        />
      ))}
      <ConfirmSheet
        open={leaving !== null}
        title={leaving?.me === true ? '退出这套房屋' : '移除同住人'}
        sentence={
          leaving?.me === true
            ? '退出后马上看不到这里的公示和投诉，要回来得请业主重新邀请。'
            : `${leaving?.name ?? ''}（${leaving === null ? '' : ROLE_NAMES[leaving.kind]}）马上看不到这里的公示和投诉，对方会收到消息。`
        }
        doLabel={leaving?.me === true ? '退出' : '移除'}
        danger
        busy={remove.busy}
        error={remove.error?.message}
        onConfirm={() => (leaving === null ? undefined : remove.run(leaving))}
        onClose={() => {
          setLeaving(null);
        }}
      />
    </Card>
  );
}

function RemoveButton({ person, onTap }: { readonly person: HomePerson; readonly onTap: () => void }) {
  return (
    <Button
      kind="danger"
      size="small"
      label={person.me ? '退出这套房屋' : `移除 ${person.name}`}
      onTap={onTap}
    >
      {person.me ? '退出' : '移除'}
    </Button>
  );
}
