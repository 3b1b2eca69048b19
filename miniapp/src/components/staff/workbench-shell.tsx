import { Text, View } from '@tarojs/components';
import { ROLE_NAMES } from '@linli/shared/identity';
import type { ReactNode } from 'react';
import { navigate, replace, startAt } from '@/navigate';
import { useWide } from '@/platform';
import type { Resource } from '@/request/use-resource';
import type { RouteName } from '@/routes';
import { currentEstateName, membershipsIn, myHomes, useSession } from '@/stores/session';
import { Button } from '../button';
import { Picker } from '../field';
import { PageShell } from '../page-shell';
import { useDeskView, waitingAt } from './desk-api';
import { desksOf, workEstates } from './desks';
import { SideNav, type SideNavItem } from './side-nav';
import './workbench-shell.css';

interface CommonProps {
  readonly route: RouteName;
  /** `Desk.key` of this place; 'desk' for the overview. */
  readonly active: string;
  readonly title: string;
  /** At the right of the title: the place's main button. */
  readonly actions?: ReactNode;
  readonly foot?: ReactNode;
}

export type WorkbenchShellProps<T> = CommonProps &
  (
    | { readonly resource?: never; readonly children: ReactNode }
    | {
        readonly resource: Resource<T>;
        readonly skeleton?: ReactNode;
        readonly empty?: (data: T) => ReactNode;
        readonly kept?: string;
        readonly children: (data: T) => ReactNode;
      }
  );

/** Around every page of the workbench: navigation on the left of a laptop, a plain page on a phone. */
export function WorkbenchShell<T>({ active, title, actions, ...shell }: WorkbenchShellProps<T>) {
  const wide = useWide();
  const layout = (content: ReactNode) =>
    wide ? (
      <View className="bench">
        <DeskNav active={active} />
        <View className="bench__main">
          <View className="bench__head row row--between">
            <View className="t-page">{title}</View>
            <View className="row gap-3">{actions}</View>
          </View>
          {content}
        </View>
      </View>
    ) : (
      <>
        {actions !== undefined && actions !== null && <View className="bench__actions">{actions}</View>}
        {content}
      </>
    );
  return <PageShell<T> {...shell} title={title} layout={layout} wide={wide} bare={wide} />;
}

function DeskNav({ active }: { readonly active: string }) {
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  const memberships = membershipsIn(me, estateId);
  const view = useDeskView();
  const groups = desksOf(memberships, (key) => waitingAt(view, key) !== undefined).map(
    ({ title, desks }) => ({
      title,
      items: desks.map((desk) => ({
        key: desk.key,
        label: desk.label,
        icon: desk.icon,
        count: waitingAt(view, desk.key)?.count,
        onTap: openDesk(desk.route),
      })),
    }),
  );
  const overview: SideNavItem = {
    key: 'desk',
    label: '总览',
    icon: 'desk',
    onTap: () => {
      if (active !== 'desk') replace('desk');
    },
  };
  return (
    <SideNav
      activeKey={active}
      head={<DeskHead roles={memberships.map(({ role }) => ROLE_NAMES[role])} />}
      groups={[{ title: '工作台', items: [overview] }, ...groups]}
      foot={<DeskFoot />}
    />
  );
}

export function openDesk(route: RouteName | undefined): (() => void) | undefined {
  return route === undefined
    ? undefined
    : () => {
        // Places take no parameters; the compiler cannot know it of a table.
        replace(route as 'desk');
      };
}

/** Which estate is worked on, and as what. */
export function DeskHead({ roles }: { readonly roles: readonly string[] }) {
  const me = useSession((state) => state.me);
  const estateId = useSession((state) => state.estateId);
  const name = useSession(currentEstateName);
  const estates = workEstates(me);
  return (
    <View className="stack stack--1">
      {estates.length > 1 ? (
        <Picker
          label="小区"
          value={estateId}
          options={estates.map((estate) => ({ value: estate.id, label: estate.name }))}
          onChange={(id) => {
            useSession.getState().chooseEstate(id);
          }}
        />
      ) : (
        <View className="t-title">{name}</View>
      )}
      <Text className="t-second t-muted">
        {[me?.name ?? '', [...new Set(roles)].join('、')].filter((part) => part !== '').join(' · ')}
      </Text>
    </View>
  );
}

export function toResident(): void {
  useSession.getState().setView('RESIDENT');
  startAt('home');
}

/** Out of the workbench: to the resident's pages where the person lives here, and to what is their own. */
function DeskFoot() {
  const hasHome = useSession((state) => myHomes(state).length > 0);
  return (
    <View className="stack stack--1">
      {hasHome && (
        <Button kind="quiet" size="small" icon="home" onTap={toResident}>
          回到业主端
        </Button>
      )}
      <Button
        kind="quiet"
        size="small"
        icon="person"
        onTap={() => {
          navigate('mine');
        }}
      >
        我的账号
      </Button>
    </View>
  );
}
