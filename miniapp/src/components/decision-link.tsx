import { View } from '@tarojs/components';
import { navigate } from '@/navigate';
import { Icon } from './icon';
import { Tap } from './tap';

export interface DecisionLinkProps {
  /** As it is cited, however it is written. */
  readonly number: string;
  /** What the decision is to what cites it. */
  readonly as?: string;
  /** What stands there: the number, with the title where it is known. */
  readonly children: string;
}

/** 准许依据: opens the decision that allows a spend, a business. */
export function DecisionLink({ number, as = '准许依据', children }: DecisionLinkProps) {
  return (
    <Tap
      className="row gap-2"
      label={`${as}：${children}，打开这项决定`}
      onTap={() => {
        navigate('decisions', { number });
      }}
    >
      <View className="grow">
        <View className="t-second t-muted">{as}</View>
        <View className="t-strong">{children}</View>
      </View>
      <Icon name="forward" size="small" />
    </Tap>
  );
}
