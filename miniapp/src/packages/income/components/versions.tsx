import { View } from '@tarojs/components';
import type { StatementView } from '@linli/shared/income';
import { formatInstant } from '@linli/shared/kernel';
import { Card, Cell, Chip, useNow } from '@/components';
import { navigate } from '@/navigate';

/** 各版和更正: what was published before stays readable, and each correction stands beside what it corrected. */
export function Versions({ view }: { readonly view: StatementView }) {
  const now = useNow();
  return (
    <Card title="各版和更正" flush>
      {view.versions.map((version) => (
        <Cell
          key={version.id}
          title={
            <View className="row row--wrap gap-2">
              <View>{`第 ${version.version} 版`}</View>
              {version.state === 'PUBLISHED' ? <Chip tone="good">现在有效</Chip> : <Chip>已被更正</Chip>}
            </View>
          }
          detail={
            <View>
              <View>
                {version.publishedAt === null ? '' : `${formatInstant(version.publishedAt, now)} 公示`}
              </View>
              {version.reason !== '' && <View>{`更正原因：${version.reason}`}</View>}
            </View>
          }
          label={`第 ${version.version} 版，${version.reason === '' ? '打开' : '看更正了什么'}`}
          onTap={
            version.id === view.id && version.version === 1
              ? undefined
              : () => {
                  if (version.version > 1) navigate('incomeDiff', { id: version.id });
                  else navigate('incomeStatement', { id: version.id });
                }
          }
        />
      ))}
    </Card>
  );
}
