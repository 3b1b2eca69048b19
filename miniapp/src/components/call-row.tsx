import { Text, View } from '@tarojs/components';
import { parsePhone } from '@linli/shared/kernel';
import { callPhone } from '@/platform';
import { Icon } from './icon';
import { Tap } from './tap';
import './call-row.css';

export interface CallRowProps {
  readonly department: string;
  /** What they handle, in a line. */
  readonly duty: string;
  readonly phone: string;
}

/** Whom to call: the whole row dials. */
export function CallRow({ department, duty, phone }: CallRowProps) {
  const parsed = parsePhone(phone);
  const shown = parsed?.display ?? phone;
  return (
    <Tap
      className="call-row"
      label={`打电话给${department}，${shown}，${duty}`}
      onTap={() => {
        callPhone(parsed?.number ?? phone);
      }}
    >
      <View className="call-row__text">
        <View className="t-strong">{department}</View>
        <View className="t-second t-muted">{duty}</View>
        <Text className="call-row__number">{shown}</Text>
      </View>
      <View className="call-row__dial">
        <Icon name="phone" />
        <Text className="t-caption">拨打</Text>
      </View>
    </Tap>
  );
}
