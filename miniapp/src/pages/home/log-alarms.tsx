import { View } from '@tarojs/components';
import { Button, Card } from '@/components';
import { navigate } from '@/navigate';
import { useLogAlarms } from '@/stores/log-alarms';

/** Before everything else: a vote whose record is not the one that this phone has seen. */
export function LogAlarms({ estateId }: { readonly estateId: string }) {
  const alarmed = useLogAlarms((state) => state.alarmed);
  const here = alarmed.filter((log) => log.estateId === estateId);
  if (here.length === 0) return null;
  return (
    <View className="home-alarm">
      <Card tone="urgent" title="表决记录前后对不上">
        <View className="stack stack--3">
          <View className="t-strong">
            {`本小区有 ${here.length} 次表决，现在的记录和这部手机以前看到的不是同一份。请先不要相信票数和结果。`}
          </View>
          {here.map(({ assemblyId }, index) => (
            <Button
              key={assemblyId}
              block
              icon="forward"
              onTap={() => {
                navigate('assemblyDetail', { assemblyId });
              }}
            >
              {here.length === 1 ? '看是哪一次，该找谁' : `看第 ${index + 1} 次，该找谁`}
            </Button>
          ))}
        </View>
      </Card>
    </View>
  );
}
