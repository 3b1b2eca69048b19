import { View } from '@tarojs/components';
import type { DeskView } from '@linli/shared/desk';
import { ROLE_NAMES } from '@linli/shared/identity';
import { Card, Cell, Chip, Empty, SectionHead, StateBlock, Tap, Icon } from '@/components';
import {
  DeskHead,
  WorkbenchShell,
  type Desk,
  type DeskGroup,
  desksOf,
  openDesk,
  toResident,
  useDeskView,
  waitingAt,
} from '@/components/staff';
import { navigate } from '@/navigate';
import { useWide } from '@/platform';
import { type Resource, useMe } from '@/request';
import { membershipsIn, myHomes, useSession } from '@/stores';
import './index.css';

/** 总览: what waits, place by place. */
export default function DeskPage() {
  useMe();
  return (
    <WorkbenchShell route="desk" active="desk" title="总览">
      <Overview />
    </WorkbenchShell>
  );
}

function Overview() {
  const wide = useWide();
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  const memberships = membershipsIn(me, estateId);
  const view = useDeskView();
  const groups = desksOf(memberships, (key) => waitingAt(view, key) !== undefined);
  return (
    <View className="stack stack--4">
      {!wide && <DeskHead roles={memberships.map(({ role }) => ROLE_NAMES[role])} />}
      {view.status === 'error' && (
        <StateBlock
          icon="alert"
          title="待办数量没有取到"
          text={`${view.error.message}。各项工作仍可以进入。`}
          next={{ label: '重试', onTap: view.reload }}
        />
      )}
      {groups.length === 0 && (
        <Empty
          title="这里还没有您要办的事"
          text="您的职务在这个小区没有对应的工作，如有疑问请联系所在单位。"
        />
      )}
      {groups.map((group) =>
        wide ? (
          <WideGroup key={group.title} group={group} view={view} />
        ) : (
          <ListGroup key={group.title} group={group} view={view} />
        ),
      )}
      {!wide && <WaysOut />}
    </View>
  );
}

/** On a phone there is no side to put them in. */
function WaysOut() {
  const hasHome = useSession((state) => myHomes(state).length > 0);
  return (
    <Card flush>
      {hasHome && <Cell icon="home" title="回到业主端" onTap={toResident} />}
      <Cell
        icon="person"
        title="我的账号"
        onTap={() => {
          navigate('mine');
        }}
      />
    </Card>
  );
}

interface GroupProps {
  readonly group: DeskGroup;
  readonly view: Resource<DeskView>;
}

function ListGroup({ group, view }: GroupProps) {
  return (
    <View>
      <SectionHead title={group.title} />
      <Card flush>
        {group.desks.map((desk) => (
          <Cell
            key={desk.key}
            icon={desk.icon}
            title={desk.label}
            value={<Waiting desk={desk} view={view} />}
            onTap={openDesk(desk.route)}
          />
        ))}
      </Card>
    </View>
  );
}

function WideGroup({ group, view }: GroupProps) {
  return (
    <View>
      <SectionHead title={group.title} />
      <View className="desk-tiles">
        {group.desks.map((desk) => {
          const waiting = waitingAt(view, desk.key);
          return (
            <Tap
              key={desk.key}
              className="desk-tiles__item"
              onTap={openDesk(desk.route)}
              disabled={desk.route === undefined}
              label={`${desk.label}，${waiting === undefined ? '' : `${waiting.count} 件待办，其中 ${waiting.overdue} 件逾期`}`}
            >
              <View className="row">
                <Icon name={desk.icon} />
                <View className="grow desk-tiles__label">{desk.label}</View>
              </View>
              <View className="desk-tiles__count">{waiting === undefined ? '–' : String(waiting.count)}</View>
              <Waiting desk={desk} view={view} />
            </Tap>
          );
        })}
      </View>
    </View>
  );
}

function Waiting({ desk, view }: { readonly desk: Desk; readonly view: Resource<DeskView> }) {
  const waiting = waitingAt(view, desk.key);
  if (waiting === undefined) return desk.route === undefined ? <Chip>还没有开通</Chip> : null;
  if (waiting.overdue > 0) return <Chip tone="bad" icon="alert">{`逾期 ${waiting.overdue} 件`}</Chip>;
  if (waiting.count > 0) return <Chip tone="urgent">{`待办 ${waiting.count} 件`}</Chip>;
  return (
    <Chip tone="good" icon="check">
      没有待办
    </Chip>
  );
}
