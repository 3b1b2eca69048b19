import { Text, View } from '@tarojs/components';
import { spoken } from '@/platform';
import { classNames } from '../class-names';
import { Icon } from '../icon';
import { Tap } from '../tap';
import './steps.css';

export interface StepsProps {
  readonly names: readonly string[];
  readonly at: number;
  /** How much is to be mended at each. */
  readonly faults?: readonly number[];
  /** The furthest that one may go by itself; the last where absent. */
  readonly reach?: number;
  readonly onGo: (step: number) => void;
}

/** Where one is, what is behind, and at which step something is to be mended. */
export function Steps({ names, at, faults, reach = names.length - 1, onGo }: StepsProps) {
  return (
    <View className="steps" {...spoken({ role: 'tablist', label: `第 ${at + 1} 步，共 ${names.length} 步` })}>
      {names.map((name, index) => {
        const open = faults?.[index] ?? 0;
        return (
          <Tap
            key={name}
            role="tab"
            selected={index === at}
            disabled={index > reach}
            className={classNames('steps__item', index === at && 'steps__item--at')}
            label={`第 ${index + 1} 步，${name}${open > 0 ? `，${open} 处要改` : ''}${index === at ? '，正在这一步' : ''}`}
            onTap={() => {
              onGo(index);
            }}
          >
            <View className="steps__mark">
              {open === 0 && index < at ? (
                <Icon name="check" size="small" />
              ) : (
                <Text>{String(index + 1)}</Text>
              )}
            </View>
            <Text>{name}</Text>
            {open > 0 && <Text className="steps__faults">{`${open} 处要改`}</Text>}
          </Tap>
        );
      })}
    </View>
  );
}
