import { Button } from '@/components';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { type PrintRange, useNoticeActions } from '../dunning-api';

/** Gets the PDF of one 催告书 or of several. */
export function PrintNotices({ label, range }: { readonly label: string; readonly range: PrintRange }) {
  const actions = useNoticeActions();
  const print = useAction(() =>
    actions.print(range).catch(() => {
      toast('没有生成：可能都已经缴清了，或网络断了，请刷新后再试', 'bad');
    }),
  );
  return (
    <Button kind="plain" icon="download" busy={print.busy} busyText="正在生成…" onTap={() => print.run()}>
      {label}
    </Button>
  );
}
