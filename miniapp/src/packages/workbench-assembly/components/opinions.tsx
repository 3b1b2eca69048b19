import { View } from '@tarojs/components';
import type { AssemblyDetail, OpinionEntry } from '@linli/shared/assembly';
import { Card, InstantText, MorePages, PageContent } from '@/components';
import { useOpinionEntries } from '../api';

const STANCE_WORDS = { AGREE: '赞成', CHANGE: '建议修改', DISAGREE: '不赞成' } as const;

/** 会前意见: what owners think of the agenda before the notice. */
export function Opinions({ meeting }: { readonly meeting: AssemblyDetail }) {
  const entries = useOpinionEntries(meeting.id);
  const titleOf = ({ motionId }: OpinionEntry) =>
    meeting.motions.find(({ id }) => id === motionId)?.title ?? '';
  return (
    <Card title="收到的意见">
      <PageContent resource={entries}>
        {({ items }) => (
          <View className="stack stack--3">
            {items.length === 0 && <View className="t-muted">还没有人提意见。</View>}
            {items.map((entry) => (
              <View key={`${entry.motionId}${entry.givenAt}${entry.byMasked}`} className="stack stack--1">
                <View>{entry.text}</View>
                <View className="t-second t-muted">
                  {`${STANCE_WORDS[entry.stance]} · ${entry.byMasked} · ${titleOf(entry)} · `}
                  <InstantText at={entry.givenAt} />
                </View>
              </View>
            ))}
            <MorePages more={entries.more} />
          </View>
        )}
      </PageContent>
    </Card>
  );
}
