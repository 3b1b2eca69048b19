import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { INCOME_LIMITS, type QuarterBooks, type StatementLine } from '@linli/shared/income';
import {
  formatQuarter,
  formatYuan,
  previousQuarter,
  type Quarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  shanghaiDate,
} from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, Fact, Field, PageContent, Picker, useNow } from '@/components';
import { AttachmentPicker, WorkbenchShell } from '@/components/staff';
import { navigate, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { bookActions, incomeActions, useQuarterBooks } from '../../api';
import { BookLines } from '../../components/book-lines';
import { LineForm } from '../../components/line-form';
import { newLine } from '../../model';

const QUARTERS_BACK = 8;

/** 账簿: what came in and went out, booked as it happens, quarter by quarter. */
export default function IncomeBooksPage() {
  const given = useRouteParams('incomeBooks').quarter;
  const today = shanghaiDate(useNow());
  const choices = quartersUntil(quarterOf(today));
  const [quarter, setQuarter] = useState(given ?? quarterOf(today));
  const books = useQuarterBooks(quarter);
  return (
    <WorkbenchShell route="incomeBooks" active="income" title="账簿">
      <View className="stack stack--4">
        <Card>
          <Field label="季度">
            <Picker
              value={quarter}
              options={choices.map((value) => ({ value, label: formatQuarter(value) }))}
              onChange={setQuarter}
            />
          </Field>
        </Card>
        <PageContent resource={books}>
          {(view) => (
            <View className="stack stack--4">
              <Sums books={view} today={today} />
              <Booking quarter={quarter} today={today} />
              <BookLines books={view} />
            </View>
          )}
        </PageContent>
      </View>
    </WorkbenchShell>
  );
}

function quartersUntil(last: Quarter): Quarter[] {
  const quarters = [last];
  for (let quarter = last; quarters.length < QUARTERS_BACK; quarters.push(quarter))
    quarter = previousQuarter(quarter);
  return quarters;
}

/** What the quarter comes to by the books, and what became of its statement. */
function Sums({ books, today }: { readonly books: QuarterBooks; readonly today: string }) {
  const { incomeNetFen, spendFen, quarter } = books;
  return (
    <Card title={`${formatQuarter(quarter)}账簿`}>
      <View className="stack stack--3">
        <View>
          <Fact label="净收入">{formatYuan(incomeNetFen)}</Fact>
          <Fact label="支出">{formatYuan(spendFen)}</Fact>
        </View>
        <Statement books={books} isOver={quarterEnd(quarter) < today} />
      </View>
    </Card>
  );
}

interface StatementProps {
  readonly books: QuarterBooks;
  readonly isOver: boolean;
}

function Statement({ books: { quarter, published, draftId, lines, collected }, isOver }: StatementProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const begin = useAction((key) => incomeActions(estateId).beginFromBooks(key, quarter), {
    onDone: ({ id }) => {
      navigate('incomeDraft', { id });
    },
  });
  if (draftId !== null)
    return (
      <View className="row row--wrap gap-3">
        <Chip tone="info">季报正在做</Chip>
        <Button
          kind="plain"
          onTap={() => {
            navigate('incomeDraft', { id: draftId });
          }}
        >
          去看季报
        </Button>
      </View>
    );
  if (published !== null)
    return (
      <View className="stack stack--2">
        <View className="row row--wrap gap-3">
          <Chip tone={published.isBehind ? 'bad' : 'good'}>
            {published.isBehind ? '公示后账簿有变，要更正' : '已公示，和账簿一致'}
          </Chip>
          <Button
            kind="plain"
            onTap={() => {
              navigate('incomeStatement', { id: published.id });
            }}
          >
            看公示的样子
          </Button>
        </View>
        {published.isBehind && (
          <View className="t-second t-muted">回到“本季收支”，点这个季度，发布更正。</View>
        )}
      </View>
    );
  const isEmpty = collected.length === 0 && !lines.some(({ takenBack }) => takenBack === null);
  if (!isOver || isEmpty)
    return <View className="t-second t-muted">有收支就记账，季度结束后一点就生成季报。</View>;
  return (
    <View className="stack stack--2">
      <View className="row">
        <Button onTap={() => begin.run()} busy={begin.busy} busyText="正在生成…">
          从账簿生成季报
        </Button>
      </View>
      {begin.error !== null && <View className="t-bad">{begin.error.message}</View>}
    </View>
  );
}

interface BookingProps {
  readonly quarter: Quarter;
  readonly today: string;
}

/** 记一笔: in the ledger from then on; what is wrong is taken back, never changed. */
function Booking({ quarter, today }: BookingProps) {
  const [dir, setDir] = useState<StatementLine['dir'] | null>(null);
  if (quarterStart(quarter) > today) return null;
  const open = (next: StatementLine['dir']) => () => {
    setDir(next);
  };
  return (
    <View className="row row--wrap gap-3">
      <Button kind="plain" icon="plus" onTap={open('INCOME')}>
        记一笔收入
      </Button>
      <Button kind="plain" icon="plus" onTap={open('SPEND')}>
        记一笔支出
      </Button>
      {dir !== null && (
        <BookLine
          key={dir}
          dir={dir}
          quarter={quarter}
          until={today < quarterEnd(quarter) ? today : quarterEnd(quarter)}
          onClose={() => {
            setDir(null);
          }}
        />
      )}
    </View>
  );
}

interface NewBooking {
  readonly line: StatementLine;
  readonly files: readonly FileRef[];
}

interface BookLineProps {
  readonly dir: StatementLine['dir'];
  readonly quarter: Quarter;
  readonly until: string;
  readonly onClose: () => void;
}

/** What is typed is kept on this device until it is booked. */
function BookLine({ dir, quarter, until, onClose }: BookLineProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const draft = useDraft<NewBooking>(`income-book/${estateId}/${quarter}/${dir}`, {
    line: newLine(dir, until),
    files: [],
  });
  const { files } = draft.value;
  const book = useAction(
    (key, line: StatementLine) =>
      bookActions(estateId).book(key, { line: { ...line, voucherIds: files.map(({ id }) => id) } }),
    {
      onDone: () => {
        draft.discard();
        toast('已记账', 'good');
        onClose();
      },
    },
  );
  return (
    <LineForm
      line={draft.value.line}
      title={dir === 'INCOME' ? '记一笔收入' : '记一笔支出'}
      quarter={quarter}
      until={until}
      saveLabel="记账"
      busy={book.busy}
      faults={book.error?.fields ?? []}
      error={book.error?.message}
      onEdit={(line) => {
        draft.merge({ line });
      }}
      onSave={(line) => void book.run(line)}
      onClose={onClose}
    >
      <Field label="凭证" optional>
        <AttachmentPicker
          purpose="VOUCHER"
          files={files}
          limit={INCOME_LIMITS.vouchersPerLine}
          onAdd={(file) => {
            draft.update((booking) => ({ ...booking, files: [...booking.files, file] }));
          }}
          onRemove={(id) => {
            draft.merge({ files: files.filter((file) => file.id !== id) });
          }}
        />
      </Field>
    </LineForm>
  );
}
