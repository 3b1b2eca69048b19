import { Text, View } from '@tarojs/components';
import type { Growth } from '@linli/shared/transparency';
import { useEffect, useState } from 'react';
import { Button, Card, InstantText } from '@/components';
import { navigate } from '@/navigate';
import { copyText } from '@/platform';
import { toast, useSession } from '@/stores';
import { keptAlarm, type LogAlarm as Alarm } from '@/proof/kept-logs';
import { watchLog } from '@/proof/log-watch';
import type { Seat } from '../api';

/** After the page stands: nobody waits for the check. */
const AFTER_PAINT_MS = 800;

const WORDS: Readonly<Record<Growth, string>> = {
  FEWER: '现在的记录比您的手机以前看到的少：有记录被拿掉了。',
  FORKED: '现在的记录和您的手机以前看到的不是同一份：有记录被改过。',
  UNSIGNED: '现在的记录上没有本平台的电子章。',
  SAME: '',
  GREW: '',
};

/**
 * On every screen of a vote whose record does not go on from what this phone saw. `asks`: looks whether it does, once
 * for each start of the app; otherwise what is known is shown.
 */
export function LogAlarm({
  assemblyId,
  asks = false,
  seat,
}: {
  readonly assemblyId: string | undefined;
  readonly asks?: boolean;
  /** Of who votes for somebody, perhaps in an estate that is not the own. */
  readonly seat?: Seat;
}) {
  const estateId = useSession((state) => state.estateId);
  const [alarm, setAlarm] = useState(() => (assemblyId === undefined ? null : keptAlarm(assemblyId)));
  useEffect(() => {
    const isElsewhere = seat !== undefined;
    if (!asks || assemblyId === undefined || (estateId === null && !isElsewhere)) return undefined;
    const timer = setTimeout(() => {
      void watchLog(estateId ?? '', assemblyId, Date.now(), isElsewhere).then(setAlarm);
    }, AFTER_PAINT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [asks, assemblyId, estateId, seat]);
  return alarm === null ? null : <AlarmCard alarm={alarm} />;
}

export function AlarmCard({
  alarm,
}: {
  readonly alarm: Omit<Alarm, 'foundAt'> & { readonly foundAt: number | null };
}) {
  const { growth, kept, shown, foundAt } = alarm;
  return (
    <Card tone="urgent" title="表决记录前后对不上">
      <View className="stack stack--3">
        <View className="t-strong">{WORDS[growth]}</View>
        <View>
          请先不要相信这里的票数和结果。请给社区或街道打电话，把前后两份记录发给他们核对：上面都有平台的电子章，赖不掉。
        </View>
        {foundAt !== null && (
          <View className="t-second t-muted">
            <Text>发现于 </Text>
            <InstantText at={foundAt} />
          </View>
        )}
        <Button
          block
          icon="phone"
          onTap={() => {
            navigate('contactBoard');
          }}
        >
          找社区的电话
        </Button>
        <Button
          kind="plain"
          block
          icon="copy"
          onTap={async () => {
            const copied = await copyText(evidence(kept, shown));
            toast(copied ? '已复制，可以发给社区' : '没有复制成功，请再试一次');
          }}
        >
          复制前后两份记录
        </Button>
      </View>
    </Card>
  );
}

const evidence = (kept: string | null, shown: string) =>
  `我的手机以前看到的：\n${kept ?? '（以前没有看过）'}\n\n现在平台给出的：\n${shown === '' ? '（没有给出）' : shown}`;
