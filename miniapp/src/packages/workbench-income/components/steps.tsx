import { Text, View } from '@tarojs/components';
import { Icon, Tap, classNames } from '@/components';
import './steps.css';

export interface StepsProps {
  readonly names: readonly string[];
  readonly at: number;
  /** How much is to be mended at each. */
  readonly faults: readonly number[];
  readonly onGo: (step: number) => void;
}

/** Where the treasurer is, and at which step something is to be mended. */
export function Steps({ names, at, faults, onGo }: StepsProps) {
  return (
    <View className="income-steps">
      {names.map((name, index) => {
        const open = faults[index] ?? 0;
        return (
          <Tap
            key={name}
            role="tab"
            selected={index === at}
            className={classNames('income-steps__item', index === at && 'income-steps__item--at')}
            label={`第 ${index + 1} 步，${name}${open > 0 ? `，${open} 处要改` : ''}${index === at ? '，正在这一步' : ''}`}
            onTap={() => {
              onGo(index);
            }}
          >
            <View className="income-steps__mark">
              {open === 0 && index < at ? (
                <Icon name="check" size="small" />
              ) : (
                <Text>{String(index + 1)}</Text>
              )}
            </View>
            <Text>{name}</Text>
            {open > 0 && <Text className="income-steps__faults">{`${open} 处要改`}</Text>}
          </Tap>
        );
      })}
    </View>
  );
}
