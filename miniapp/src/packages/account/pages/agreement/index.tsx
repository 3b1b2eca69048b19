import { View } from '@tarojs/components';
import { PRIVACY_VERSION } from '@linli/shared/identity';
import { Card, PageShell } from '@/components';
import { AGREEMENT } from '../../agreement';
import { CollectedTable } from '../../collected-table';

/** Read before the first sign-in, so it asks nothing of the server. */
export default function AgreementPage() {
  return (
    <PageShell route="agreement">
      <View className="stack stack--3">
        <View className="t-second t-muted">{`版本 ${PRIVACY_VERSION}。有改动时会请您重新确认。`}</View>
        <Card title="收集什么，为什么">
          <CollectedTable />
        </Card>
        {AGREEMENT.map((section) => (
          <Card key={section.title} title={section.title}>
            <View className="stack stack--2">
              {section.paragraphs.map((paragraph) => (
                <View key={paragraph}>{paragraph}</View>
              ))}
            </View>
          </Card>
        ))}
      </View>
    </PageShell>
  );
}
