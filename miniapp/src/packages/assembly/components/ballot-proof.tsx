import { Image, Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Button } from '@/components';
import { navigate } from '@/navigate';
import { copyText } from '@/platform';
import { toast } from '@/stores';
import { type Seat, useBallotQr, useLoggedBallot } from '../api';
import './ballot-proof.css';

interface BallotProps {
  readonly assemblyId: string;
  readonly ballotId: string;
  readonly seat?: Seat;
}

/** Until the ballot has its place: a second or two. */
const LOOK_AGAIN_MS = 1_500;
const MOST_LOOKS = 10;

/** 您的票已计入，编号 …, or whose it is, as text and as a code that any phone can check. */
export function BallotProof({
  assemblyId,
  ballotId,
  seat,
  which = '您的票',
  open = false,
}: BallotProps & { readonly which?: string; readonly open?: boolean }) {
  const logged = useLoggedBallot(assemblyId, ballotId, seat);
  const [isOpen, setOpen] = useState(open);
  const isWaiting = logged.status === 'ready' && logged.data.index === null;
  const { reload } = logged;
  useEffect(() => {
    if (!isWaiting) return undefined;
    let left = MOST_LOOKS;
    const timer = setInterval(() => {
      left -= 1;
      if (left === 0) clearInterval(timer);
      void reload();
    }, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isWaiting, reload]);
  // A meeting of before there were records.
  if (logged.status !== 'ready') return null;
  const { index, receipt } = logged.data;
  if (index === null || receipt === null)
    return <View className="t-second t-muted">{`${which}已收下，正在写入记录，一两秒后给出编号。`}</View>;
  return (
    <View className="stack stack--3">
      <View>
        <Text>{`${which}已计入，编号 `}</Text>
        <Text className="t-strong ballot-proof__number">{String(index)}</Text>
      </View>
      {isOpen ? (
        <Opened assemblyId={assemblyId} ballotId={ballotId} seat={seat} receipt={receipt} />
      ) : (
        <Button
          kind="plain"
          icon="shield"
          onTap={() => {
            setOpen(true);
          }}
        >
          看回执和二维码
        </Button>
      )}
    </View>
  );
}

function Opened({ assemblyId, ballotId, seat, receipt }: BallotProps & { readonly receipt: string }) {
  const code = useBallotQr(assemblyId, ballotId, seat);
  const qr = code.status === 'ready' ? code.data.qr : null;
  return (
    <View className="stack stack--3">
      {qr !== null && <Image className="ballot-proof__code" src={qr} mode="aspectFit" />}
      <View className="t-second">
        用任何一部手机的相机扫这个码，就能查这张票还在不在记录里。核对在那部手机上算，不用相信本平台。
      </View>
      <View className="t-second t-muted">回执里有您选了什么，只给信得过的人看。</View>
      <Button
        kind="plain"
        block
        icon="check"
        onTap={() => {
          navigate('receiptCheck', { assemblyId, ballotId, as: seat });
        }}
      >
        在这部手机上核对
      </Button>
      <Button
        kind="quiet"
        block
        icon="copy"
        onTap={async () => {
          toast((await copyText(receipt)) ? '回执已复制，可以存到别处' : '没有复制成功，请再试一次');
        }}
      >
        复制回执的文字
      </Button>
    </View>
  );
}
