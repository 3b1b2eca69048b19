import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Card, Field, PageShell, TextArea } from '@/components';
import { useRouteParams } from '@/navigate';
import { openedFragment } from '@/platform';
import { seatOf, useLoggedBallot } from '../../api';
import { BoardCheck } from '../../components/board-check';
import { ReceiptCheck } from '../../components/receipt-check';
import { boardNote, receiptText } from '@/proof/check';

const MOST_PASTED = 20_000;

/**
 * Opened by any phone's camera from a receipt or a notice board 核对: what was scanned stands behind the "#" and stays on
 * this phone. In the app a voter opens it with their own ballot. Once it has loaded, it needs no network.
 */
export default function ReceiptCheckPage() {
  const { assemblyId, ballotId, as } = useRouteParams('receiptCheck');
  const own = useLoggedBallot(assemblyId, ballotId, seatOf(as));
  const [scanned] = useState(openedFragment);
  const [pasted, setPasted] = useState<string | null>(null);
  const given = pasted ?? (own.status === 'ready' ? own.data.receipt : null) ?? scanned;
  const note = boardNote(given);
  const receipt = note === null ? receiptText(given) : null;
  return (
    <PageShell route="receiptCheck">
      <View className="stack stack--4">
        {note !== null && <BoardCheck key={note} note={note} />}
        {receipt !== null && <ReceiptCheck key={receipt} receipt={receipt} />}
        {note === null && receipt === null && given !== '' && (
          <Card tone="urgent" title="读不出来">
            这不是投票的回执，或者扫到、粘贴的内容不完整。请对准二维码再扫一次。
          </Card>
        )}
        <Paste onGiven={setPasted} />
      </View>
    </PageShell>
  );
}

function Paste({ onGiven }: { readonly onGiven: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <Card title="核对一张回执">
      <View className="stack stack--3">
        <View>用相机扫回执或公告栏上的二维码，会打开这一页。手里是文字的，粘贴在下面。</View>
        <Field label="回执的文字">
          <TextArea value={text} onChange={setText} maxLength={MOST_PASTED} rows={3} />
        </Field>
        <Button
          kind="plain"
          block
          disabled={text.trim() === ''}
          onTap={() => {
            onGiven(text.trim());
          }}
        >
          核对
        </Button>
      </View>
    </Card>
  );
}
