import { View } from '@tarojs/components';
import { Card } from '@/components';

/** What was not sent is still in the form. */
export function NotSent({ message }: { readonly message: string }) {
  return (
    <Card tone="urgent">
      <View className="t-bad">{`${message}。您填的内容还在手机里。`}</View>
    </Card>
  );
}
