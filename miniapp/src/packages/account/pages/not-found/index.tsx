import { PageShell, StateBlock } from '@/components';
import { goBack } from '@/navigate';

/** The address is none of ours: of an older app, or copied with a piece missing. */
export default function NotFoundPage() {
  return (
    <PageShell route="notFound">
      <StateBlock
        icon="alert"
        title="找不到这个页面"
        text="这个地址可能已经换了，也可能是复制时漏了一段。"
        next={{ label: '回首页', onTap: () => goBack() }}
      />
    </PageShell>
  );
}
