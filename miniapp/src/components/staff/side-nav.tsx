import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { spoken } from '@/platform';
import { classNames } from '../class-names';
import { Icon, type IconName } from '../icon';
import { Tap } from '../tap';
import './side-nav.css';

export interface SideNavItem {
  readonly key: string;
  readonly label: string;
  readonly icon: IconName;
  /** What is waiting there. */
  readonly count?: number | undefined;
  /** Absent where the place does not exist in this deployment. */
  readonly onTap?: (() => void) | undefined;
}

export interface SideNavProps {
  readonly head: ReactNode;
  readonly groups: readonly { readonly title: string; readonly items: readonly SideNavItem[] }[];
  readonly activeKey: string;
  readonly foot?: ReactNode;
}

/** The left side of the workbench on a laptop: places, and how much waits in each. */
export function SideNav({ head, groups, activeKey, foot }: SideNavProps) {
  return (
    <View className="side-nav no-print" {...spoken({ role: 'navigation', label: '工作台' })}>
      <View className="side-nav__head">{head}</View>
      <View className="side-nav__groups">
        {groups.map((group) => (
          <View key={group.title} className="side-nav__group">
            <View className="side-nav__title">{group.title}</View>
            {group.items.map((item) => (
              <Tap
                key={item.key}
                role="link"
                className={classNames('side-nav__item', item.key === activeKey && 'side-nav__item--on')}
                disabled={item.onTap === undefined}
                onTap={item.onTap}
                label={`${item.label}${item.count === undefined || item.count === 0 ? '' : `，${item.count} 件待办`}${item.key === activeKey ? '，当前页' : ''}`}
              >
                <Icon name={item.icon} size="small" />
                <Text className="side-nav__label">{item.label}</Text>
                {item.count !== undefined && item.count > 0 && (
                  <Text className="side-nav__count">{String(item.count)}</Text>
                )}
              </Tap>
            ))}
          </View>
        ))}
      </View>
      {foot !== undefined && <View className="side-nav__foot">{foot}</View>}
    </View>
  );
}
