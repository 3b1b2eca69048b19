import { View } from '@tarojs/components';
import {
  DUNNING_LIMITS,
  NOTICE_LIMITS,
  type WriteNoticesRequest,
  type WrittenNotices,
} from '@linli/shared/fees';
import { addDays, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Card, ConfirmButton, DatePicker, Field, TextInput, useNow } from '@/components';
import { toast } from '@/stores';
import { useNoticeActions, useReady } from '../dunning-api';
import { PrintNotices } from './print-notices';
import './fees-desk.css';

/** 成批出催告书: one for every home whose reminder has run out. Nothing is shown while there is none. */
export function WriteNotices() {
  const ready = useReady();
  const [written, setWritten] = useState<WrittenNotices | null>(null);
  if (written !== null) return <Written written={written} />;
  if (ready.status !== 'ready' || ready.data.homes === 0) return null;
  return <Write homes={Math.min(ready.data.homes, NOTICE_LIMITS.atOnce)} onDone={setWritten} />;
}

function Written({ written: { written, year, from, to } }: { readonly written: WrittenNotices }) {
  return (
    <Card tone="brand" title={`出了 ${written} 份催告书`}>
      <View className="stack stack--3">
        <View>打印、盖章、装信封，送到各户手里，再逐份登记送达。送达了才算数。</View>
        <PrintNotices label={`打印这 ${written} 份`} range={{ year, from, to, show: 'ALL' }} />
      </View>
    </Card>
  );
}

function Write({
  homes,
  onDone,
}: {
  readonly homes: number;
  readonly onDone: (written: WrittenNotices) => void;
}) {
  const today = shanghaiDate(useNow());
  const actions = useNoticeActions();
  const earliest = addDays(today, DUNNING_LIMITS.daysMin.NOTICE);
  const [draft, setDraft] = useState<WriteNoticesRequest>({ respondBy: earliest, handledBy: '' });
  const { respondBy, handledBy } = draft;
  return (
    <Card title={`${homes} 户提醒过了，期限已到，还没有缴`}>
      <View className="stack stack--3">
        <Fields draft={draft} earliest={earliest} onChange={setDraft} />
        <View className="row">
          <ConfirmButton
            disabled={handledBy.trim() === ''}
            text={`给这 ${homes} 户出催告书`}
            ask={{
              title: '出催告书',
              sentence: `将给 ${homes} 户各出一份催告书，请业主在 ${formatFullDate(respondBy)} 前缴清。出了不能改，业主会收到消息。`,
              doLabel: '出催告书',
            }}
            perform={(key) => actions.write(key, draft)}
            onDone={(written) => {
              toast(`出了 ${written.written} 份催告书`, 'good');
              onDone(written);
            }}
          />
        </View>
      </View>
    </Card>
  );
}

function Fields({
  draft,
  earliest,
  onChange,
}: {
  readonly draft: WriteNoticesRequest;
  readonly earliest: string;
  readonly onChange: (draft: WriteNoticesRequest) => void;
}) {
  const latest = addDays(earliest, DUNNING_LIMITS.daysMax - DUNNING_LIMITS.daysMin.NOTICE);
  return (
    <View className="fee-form">
      <Field label="请业主在哪天前缴" hint={`至少给 ${DUNNING_LIMITS.daysMin.NOTICE} 天`}>
        <DatePicker
          value={draft.respondBy}
          from={earliest}
          to={latest}
          onChange={(respondBy) => {
            onChange({ ...draft, respondBy });
          }}
        />
      </Field>
      <Field label="经办人">
        <TextInput
          value={draft.handledBy}
          maxLength={DUNNING_LIMITS.handledByMax}
          onChange={(handledBy) => {
            onChange({ ...draft, handledBy });
          }}
        />
      </Field>
    </View>
  );
}
