import { View } from '@tarojs/components';
import {
  INCOME_CATEGORIES,
  INCOME_CATEGORY_CODES,
  INCOME_LIMITS,
  SPEND_CATEGORIES,
  SPEND_CATEGORY_CODES,
  type StatementLine,
} from '@linli/shared/income';
import type { FieldError } from '@linli/shared/errors';
import { quarterEnd, quarterStart } from '@linli/shared/kernel';
import { type ReactNode, useState } from 'react';
import { Button, DatePicker, Field, Picker, Sheet, TextInput } from '@/components';
import { MoneyInput } from './money-input';

export interface LineFormProps {
  readonly line: StatementLine;
  readonly title: string;
  readonly quarter: string;
  readonly faults: readonly FieldError[];
  /** The last day that may be chosen, where it is not the quarter's. */
  readonly until?: string;
  readonly saveLabel?: string;
  readonly busy?: boolean;
  /** What stands against all of it. */
  readonly error?: string | undefined;
  /** Each change, where what is typed is kept. */
  readonly onEdit?: (line: StatementLine) => void;
  /** Between the fields and the buttons. */
  readonly children?: ReactNode;
  readonly onSave: (line: StatementLine) => void;
  readonly onRemove?: (() => void) | undefined;
  readonly onClose: () => void;
}

/** What a line is proved by, and the field that its faults name. */
const NUMBERS = [
  { label: '决议编号', field: 'decisionNo', faultOf: 'decisionNo' },
  { label: '合同编号', field: 'contractNo', faultOf: 'contractNo' },
  { label: '凭证号', field: 'voucherNo', faultOf: 'voucherIds' },
] as const;

/** One line of the quarter, with what is wrong under each field. */
export function LineForm({
  line: first,
  title,
  quarter,
  faults,
  until = quarterEnd(quarter),
  saveLabel = '改好了',
  busy = false,
  error,
  onEdit,
  children,
  onSave,
  onRemove,
  onClose,
}: LineFormProps) {
  const [line, setLine] = useState(first);
  return (
    <Sheet open title={title} onClose={onClose}>
      <View className="stack stack--4">
        <LineFields
          line={line}
          from={quarterStart(quarter)}
          until={until}
          onChange={(changed) => {
            setLine(changed);
            onEdit?.(changed);
          }}
          errorOf={(field) => faults.find(({ path }) => path.endsWith(`.${field}`))?.message}
        />
        {children}
        {error !== undefined && <View className="t-bad">{error}</View>}
        <Ends
          onRemove={onRemove}
          saveLabel={saveLabel}
          busy={busy}
          onSave={() => {
            onSave(line);
          }}
        />
      </View>
    </Sheet>
  );
}

interface FieldsProps extends PartProps {
  readonly from: string;
  readonly until: string;
  readonly errorOf: (field: string) => string | undefined;
}

function LineFields({ line, from, until, onChange, errorOf }: FieldsProps) {
  return (
    <>
      <CategoryField line={line} onChange={onChange} />
      <Field label="日期" error={errorOf('date')}>
        <DatePicker
          value={line.date}
          from={from}
          to={until}
          onChange={(date) => {
            onChange({ ...line, date });
          }}
        />
      </Field>
      <Field label="对方单位" error={errorOf('counterparty')}>
        <TextInput
          value={line.counterparty}
          maxLength={INCOME_LIMITS.counterpartyMax}
          onChange={(counterparty) => {
            onChange({ ...line, counterparty });
          }}
        />
      </Field>
      <Amounts line={line} onChange={onChange} errorOf={errorOf} />
      {NUMBERS.map(({ label, field, faultOf }) => (
        <NumberField
          key={field}
          label={label}
          field={field}
          line={line}
          onChange={onChange}
          error={errorOf(faultOf)}
        />
      ))}
      <Field label="备注" optional>
        <TextInput
          value={line.note}
          maxLength={INCOME_LIMITS.noteMax}
          onChange={(note) => {
            onChange({ ...line, note });
          }}
        />
      </Field>
    </>
  );
}

interface EndsProps {
  readonly saveLabel: string;
  readonly busy: boolean;
  readonly onRemove: LineFormProps['onRemove'];
  readonly onSave: () => void;
}

function Ends({ saveLabel, busy, onRemove, onSave }: EndsProps) {
  return (
    <View className="sheet__buttons">
      {onRemove !== undefined && (
        <Button kind="danger" block onTap={onRemove}>
          删去这一笔
        </Button>
      )}
      <Button block busy={busy} busyText="正在记账…" onTap={onSave}>
        {saveLabel}
      </Button>
    </View>
  );
}

interface PartProps {
  readonly line: StatementLine;
  readonly onChange: (line: StatementLine) => void;
}

function CategoryField({ line, onChange }: PartProps) {
  return (
    <Field label={line.dir === 'INCOME' ? '收入类别' : '支出类别'}>
      {line.dir === 'INCOME' ? (
        <Picker
          value={line.category}
          options={INCOME_CATEGORY_CODES.map((value) => ({ value, label: INCOME_CATEGORIES[value].label }))}
          onChange={(category) => {
            onChange({ ...line, category });
          }}
        />
      ) : (
        <Picker
          value={line.category}
          options={SPEND_CATEGORY_CODES.map((value) => ({ value, label: SPEND_CATEGORIES[value].label }))}
          onChange={(category) => {
            onChange({ ...line, category });
          }}
        />
      )}
    </Field>
  );
}

/** The net is computed, never typed. */
function Amounts({
  line,
  onChange,
  errorOf,
}: PartProps & { readonly errorOf: (field: string) => string | undefined }) {
  if (line.dir === 'SPEND') {
    return (
      <Field label="金额（元）" error={errorOf('amountFen')}>
        <MoneyInput
          fen={line.amountFen}
          onChange={(amountFen) => {
            onChange({ ...line, amountFen });
          }}
        />
      </Field>
    );
  }
  const { grossFen, costFen } = line;
  return (
    <>
      <Field label="收到金额（元）" error={errorOf('grossFen')}>
        <MoneyInput
          fen={grossFen}
          onChange={(gross) => {
            onChange({ ...line, grossFen: gross, netFen: gross - costFen });
          }}
        />
      </Field>
      <Field label="扣除成本（元）" hint="没有成本填 0；扣了成本要有合同和凭证" error={errorOf('costFen')}>
        <MoneyInput
          fen={costFen}
          onChange={(cost) => {
            onChange({ ...line, costFen: cost, netFen: grossFen - cost });
          }}
        />
      </Field>
      {costFen > grossFen && (
        <Field label="成本超过收入的原因">
          <TextInput
            value={line.justification ?? ''}
            maxLength={INCOME_LIMITS.noteMax}
            onChange={(text) => {
              onChange({ ...line, justification: text === '' ? null : text });
            }}
          />
        </Field>
      )}
    </>
  );
}

function NumberField({
  label,
  field,
  line,
  onChange,
  error,
}: PartProps & {
  readonly label: string;
  readonly field: 'decisionNo' | 'contractNo' | 'voucherNo';
  readonly error: string | undefined;
}) {
  return (
    <Field label={label} optional error={error}>
      <TextInput
        value={line[field] ?? ''}
        maxLength={INCOME_LIMITS.contractNoMax}
        onChange={(text) => {
          onChange({ ...line, [field]: text === '' ? null : text });
        }}
      />
    </Field>
  );
}
