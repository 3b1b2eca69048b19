import { View } from '@tarojs/components';
import {
  BOOK_LINE_SOURCE_LABELS,
  COLLECTED_LABEL,
  INCOME_LIMITS,
  type KeptLineView,
  type QuarterBooks,
  type VoucherView,
} from '@linli/shared/income';
import { formatFullDate, formatInstant, formatYuan, yuanText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Attachments, Button, Card, Chip, Empty, Fact, Field, Sheet, TextArea, useNow } from '@/components';
import { type Column, DataTable } from '@/components/staff';
import { choosePhotos } from '@/platform';
import { useAction } from '@/request';
import { uploadFile } from '@/request/files';
import { toast, useDraft, useSession } from '@/stores';
import { bookActions } from '../api';
import { amountOf } from '../model';

/** Every line of a quarter's books; what was taken back stays among them. */
export function BookLines({ books }: { readonly books: QuarterBooks }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const open = books.lines.find(({ id }) => id === openId);
  if (books.lines.length === 0 && books.collected.length > 0) return <Collected books={books} />;
  if (books.lines.length === 0)
    return (
      <Empty
        title="这个季度还没有记账"
        text="收到或付出一笔，就在上面记一笔；也可以在“本季收支”上传整季的表格。"
      />
    );
  return (
    <View className="stack stack--4">
      <Collected books={books} />
      <DataTable<KeptLineView>
        caption="账簿的每一笔"
        rows={books.lines}
        rowKey={({ id }) => id}
        rowLabel={({ line, categoryLabel }) => `${categoryLabel}，${formatYuan(amountOf(line))}`}
        openKey={openId}
        keyboard={openId === null}
        onOpen={({ id }) => {
          setOpenId(id);
        }}
        card={(row) => <LineCard row={row} />}
        columns={COLUMNS}
      />
      {open !== undefined && (
        <LineDetail
          key={open.id}
          row={open}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
    </View>
  );
}

/** What came by WeChat: in the ledger since it was paid, and in the statement whoever makes it. */
function Collected({ books: { collected } }: { readonly books: QuarterBooks }) {
  if (collected.length === 0) return null;
  return (
    <Card title="微信收款" extra={<Chip tone="info">{COLLECTED_LABEL}</Chip>}>
      <View>
        {collected.map(({ line }) => (
          <View key={line.note} className="row row--between">
            <View className="grow">{line.note}</View>
            <View className="t-nowrap">{formatYuan(amountOf(line))}</View>
          </View>
        ))}
      </View>
      <View className="t-second t-muted">住户付的时候就记了账，不用再记，也不能改；季报里会自动列上。</View>
    </Card>
  );
}

const COLUMNS: readonly Column<KeptLineView>[] = [
  { key: 'date', title: '日期', width: '72px', cell: ({ line }) => line.date.slice(5) },
  {
    key: 'what',
    title: '类别',
    cell: ({ line, categoryLabel }) => (
      <View>
        <View>{`${line.dir === 'INCOME' ? '收' : '支'} · ${categoryLabel}`}</View>
        <View className="t-caption t-muted">{line.counterparty}</View>
      </View>
    ),
  },
  {
    key: 'net',
    title: '净额（元）',
    align: 'right',
    width: '130px',
    cell: ({ line }) => yuanText(amountOf(line)),
  },
  { key: 'basis', title: '依据', width: '160px', cell: ({ line }) => line.decisionNo ?? '' },
  { key: 'state', title: '来源', width: '150px', cell: (row) => <Origin row={row} /> },
];

function Origin({ row }: { readonly row: KeptLineView }) {
  if (row.takenBack !== null) return <Chip tone="urgent">已冲销</Chip>;
  return (
    <Chip tone={row.source === 'SPENDING' ? 'brand' : 'plain'}>{BOOK_LINE_SOURCE_LABELS[row.source]}</Chip>
  );
}

function LineCard({ row }: { readonly row: KeptLineView }) {
  const { line, categoryLabel } = row;
  return (
    <View className="stack stack--1">
      <View className="row row--between">
        <View className="t-strong grow">{`${line.dir === 'INCOME' ? '收' : '支'} · ${categoryLabel}`}</View>
        <View>{formatYuan(amountOf(line))}</View>
      </View>
      <View className="t-second t-muted">{`${line.date.slice(5)} · ${line.counterparty}`}</View>
      <View className="row">
        <Origin row={row} />
      </View>
    </View>
  );
}

interface DetailProps {
  readonly row: KeptLineView;
  readonly onClose: () => void;
}

function LineDetail({ row, onClose }: DetailProps) {
  const now = useNow();
  const { line, takenBack } = row;
  return (
    <Sheet open title={row.categoryLabel} onClose={onClose}>
      <View className="stack stack--4">
        <View>
          <Fact label={line.dir === 'INCOME' ? '净收入' : '支出'}>{formatYuan(amountOf(line))}</Fact>
          <Fact label="日期">{formatFullDate(line.date)}</Fact>
          <Fact label="对方单位">{line.counterparty}</Fact>
          {line.decisionNo !== null && <Fact label="决议编号">{line.decisionNo}</Fact>}
          {line.voucherNo !== null && <Fact label="凭证号">{line.voucherNo}</Fact>}
          {line.note !== '' && <Fact label="备注">{line.note}</Fact>}
          <Fact label="记账">{`${row.bookedBy} ${formatInstant(row.bookedAt, now)}`}</Fact>
          {takenBack !== null && (
            <Fact label="冲销">{`${takenBack.by} ${formatInstant(takenBack.at, now)}：${takenBack.reason}`}</Fact>
          )}
        </View>
        {row.vouchers.map((voucher) => (
          <Voucher key={voucher.originalId} voucher={voucher} />
        ))}
        {takenBack === null && row.source === 'JOURNAL' && <TakeBack row={row} onClose={onClose} />}
        {takenBack === null && row.source === 'STATEMENT' && (
          <View className="t-second t-muted">这一笔是随季报记的，要改就在季报里改，或者发布更正。</View>
        )}
      </View>
    </Sheet>
  );
}

/** What owners see, and the way to put a copy without personal data in its place 公开件. */
function Voucher({ voucher }: { readonly voucher: VoucherView }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { originalId, shown, isRedacted } = voucher;
  const redact = useAction(
    async (key) => {
      const [photo] = await choosePhotos(1);
      if (photo === undefined) return false;
      const copy = await uploadFile('VOUCHER', photo.path, { fileName: shown.name, idempotencyKey: key });
      await bookActions(estateId).redact(key, originalId, copy.id);
      return true;
    },
    {
      onDone: (done) => {
        if (done) toast('业主现在看到的是这一张，原件还留着', 'good');
      },
    },
  );
  return (
    <View className="stack stack--2">
      <Attachments files={[shown]} />
      <View className="t-second t-muted">
        {isRedacted
          ? '业主看到的是上面这张公开件，原件另外留存。'
          : '上面有人名、卡号时，遮住再拍一张给业主看。'}
      </View>
      <View className="row">
        <Button kind="quiet" size="small" icon="camera" busy={redact.busy} onTap={() => redact.run()}>
          {isRedacted ? '换一张公开件' : '上传公开件'}
        </Button>
      </View>
      {redact.error !== null && <View className="t-bad">{redact.error.message}</View>}
    </View>
  );
}

function TakeBack({ row, onClose }: DetailProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: reason, set: setReason, discard } = useDraft(`line-reversal/${row.id}`, '');
  const takeBack = useAction((key) => bookActions(estateId).takeBack(key, row.id, reason), {
    onDone: () => {
      discard();
      toast('已冲销，记错的一笔也留在账簿里');
      onClose();
    },
  });
  return (
    <View className="stack stack--3">
      <Field label="记错了？写明原因再冲销" error={takeBack.error?.message}>
        <TextArea value={reason} onChange={setReason} maxLength={INCOME_LIMITS.reasonMax} rows={2} />
      </Field>
      <Button
        kind="danger"
        block
        disabled={reason.trim().length < INCOME_LIMITS.reasonMin}
        busy={takeBack.busy}
        onTap={() => takeBack.run()}
      >
        冲销这一笔
      </Button>
    </View>
  );
}
