import { View } from '@tarojs/components';
import {
  NOTICE_DELIVERIES,
  NOTICE_DELIVERY_LABELS,
  type NoticeDelivery,
  type NoticeRow,
  DUNNING_LIMITS,
} from '@linli/shared/fees';
import { formatFullDate, formatYuan, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Choices, DatePicker, Fact, Field, Sheet, TextInput, useNow } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { useNoticeActions } from '../dunning-api';
import { PrintNotices } from './print-notices';

const NOTE_LABELS: Readonly<Record<NoticeDelivery, string>> = {
  BY_HAND: '谁签收的',
  REFUSED: '在场的见证人',
  MAILED: '邮寄单号',
};

/** One 催告书: printed, and how it reached the household. */
export function NoticeSheet({
  notice,
  onClose,
}: {
  readonly notice: NoticeRow;
  readonly onClose: () => void;
}) {
  const { delivery, settled, year, number } = notice;
  return (
    <Sheet open title={notice.unitName} onClose={onClose}>
      <View className="stack stack--4">
        <View className="stack stack--2">
          <Fact label="编号">{notice.numberText}</Fact>
          <Fact label="金额">{formatYuan(notice.amountFen)}</Fact>
          <Fact label="出具">{formatFullDate(notice.issuedOn)}</Fact>
          <Fact label="期限">{formatFullDate(notice.respondBy)}</Fact>
          {delivery !== null && (
            <Fact label="送达">{`${NOTICE_DELIVERY_LABELS[delivery.method]}，${formatFullDate(delivery.deliveredOn)}${delivery.note === '' ? '' : `，${delivery.note}`}`}</Fact>
          )}
        </View>
        {settled ? (
          <View>已经缴清了，不用再送。</View>
        ) : (
          <PrintNotices label="打印这一份" range={{ year, from: number, to: number, show: 'ALL' }} />
        )}
        {!settled && delivery === null && <Deliver notice={notice} onDone={onClose} />}
      </View>
    </Sheet>
  );
}

function Deliver({ notice, onDone }: { readonly notice: NoticeRow; readonly onDone: () => void }) {
  const today = shanghaiDate(useNow());
  const actions = useNoticeActions();
  const [method, setMethod] = useState<NoticeDelivery>('BY_HAND');
  const [deliveredOn, setDeliveredOn] = useState(today);
  const { value: note, set: setNote, discard } = useDraft(`notice-delivery/${notice.id}`, '');
  const deliver = useAction(() => actions.deliver(notice.id, { method, deliveredOn, note }), {
    onDone: () => {
      discard();
      toast('已登记送达', 'good');
      onDone();
    },
  });
  return (
    <View className="stack stack--3">
      <View className="t-second t-muted">
        装进信封，只交给业主本人或同住的家人；不贴在门上、楼道里或公告栏。
      </View>
      <Choices<NoticeDelivery>
        label="怎么送到的"
        value={method}
        onChange={setMethod}
        options={NOTICE_DELIVERIES.map((value) => ({ value, label: NOTICE_DELIVERY_LABELS[value] }))}
      />
      <Field label="送到的日期">
        <DatePicker value={deliveredOn} from={notice.issuedOn} to={today} onChange={setDeliveredOn} />
      </Field>
      <Field label={NOTE_LABELS[method]} optional={method === 'BY_HAND'}>
        <TextInput value={note} maxLength={DUNNING_LIMITS.noteMax} onChange={setNote} />
      </Field>
      {deliver.error !== null && <View className="t-bad">{deliver.error.message}</View>}
      <Button block busy={deliver.busy} onTap={() => deliver.run()}>
        登记送达
      </Button>
    </View>
  );
}
