import { Text, View } from '@tarojs/components';
import type { PostingView } from '@linli/shared/disclosure';
import { Button, Card, Fact, InstantText, PageShell, SkeletonList } from '@/components';
import { navigate, replace, useRouteParams } from '@/navigate';
import { usePosting } from '../../api';
import { Files } from '../../components/files';
import { Versions } from '../../components/versions';
import '../../components/prose.css';

/** A posting with text and files. */
export default function PostingPage() {
  const { postingId = '' } = useRouteParams('posting');
  const posting = usePosting(postingId);
  return (
    <PageShell route="posting" resource={posting} skeleton={<SkeletonList />}>
      {(view) => (
        <View className="stack stack--4">
          <Content posting={view} />
          <Files files={view.files} />
          <Versions
            versions={view.versions}
            shown={view.id}
            onOpen={(id) => {
              replace('posting', { postingId: id });
            }}
          />
          <Button
            kind="plain"
            block
            onTap={() => {
              navigate('radarItem', { code: view.code });
            }}
          >
            看这一项的公示要求
          </Button>
        </View>
      )}
    </PageShell>
  );
}

function Content({ posting }: { readonly posting: PostingView }) {
  return (
    <Card>
      <View className="stack stack--3">
        <View className="t-page">{posting.title}</View>
        <View className="prose">
          <Text userSelect>{posting.body}</Text>
        </View>
        <Fact label="公示单位">{posting.publishedBy}</Fact>
        <Fact label="公示时间">
          <InstantText at={posting.publishedAt} />
        </Fact>
        {posting.checkedAt !== null && (
          <Fact label="最近核对">
            <InstantText at={posting.checkedAt} />
          </Fact>
        )}
      </View>
    </Card>
  );
}
