import { View } from '@tarojs/components';
import { INCOME_CATEGORIES, SPEND_CATEGORIES, type StatementLineView } from '@linli/shared/income';
import { AUDIT_LIMITS, AUDIT_PARTY_LABELS, RESPONSIBLE_BODIES } from '@linli/shared/income-audit';
import { type CalendarDate, formatQuarter, formatYuan } from '@linli/shared/kernel';
import { Button, Choices, DatePicker, Field, Picker, Sheet, TextArea } from '@/components';
import { useContracts, usePublishedStatements, useStatementLines } from '../audit-api';
import type { TypedFinding } from '../audit-model';
import { MoneyInput } from './money-input';

const BODIES = RESPONSIBLE_BODIES.map((value) => ({ value, label: AUDIT_PARTY_LABELS[value] }));

interface FindingFormProps {
  readonly finding: TypedFinding;
  /** Published already: its due date stays. */
  readonly isFixed: boolean;
  readonly latest: CalendarDate | undefined;
  readonly onChange: (part: Partial<TypedFinding>) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** One finding, as the report has it. */
export function FindingForm({ finding, isFixed, latest, onChange, onRemove, onClose }: FindingFormProps) {
  return (
    <Sheet open title={`第 ${finding.no} 条审计发现`} onClose={onClose}>
      <View className="stack stack--4">
        <Field label="发现了什么" hint="照报告写，全体业主都能看到">
          <TextArea
            value={finding.text}
            onChange={(text) => {
              onChange({ text });
            }}
            maxLength={AUDIT_LIMITS.findingLength.max}
            rows={3}
          />
        </Field>
        <Field label="涉及金额（元）" optional>
          <MoneyInput
            fen={finding.amountFen}
            onChange={(amountFen) => {
              onChange({ amountFen });
            }}
          />
        </Field>
        <Concern finding={finding} onChange={onChange} />
        <Field label="由谁答复">
          <Choices
            label="由谁答复"
            value={finding.responsible}
            options={BODIES}
            onChange={(responsible) => {
              onChange({ responsible });
            }}
          />
        </Field>
        <DueOn finding={finding} isFixed={isFixed} latest={latest} onChange={onChange} />
        <Button block onTap={onClose}>
          写好了
        </Button>
        {!isFixed && (
          <Button kind="quiet" block onTap={onRemove}>
            去掉这一条
          </Button>
        )}
      </View>
    </Sheet>
  );
}

type DueOnProps = Pick<FindingFormProps, 'finding' | 'isFixed' | 'latest' | 'onChange'>;

function DueOn({ finding, isFixed, latest, onChange }: DueOnProps) {
  return (
    <Field
      label="答复期限"
      hint={isFixed ? '已经公示，期限不能改' : latest === undefined ? '' : `最晚 ${latest}`}
    >
      {isFixed ? (
        <View>{finding.dueOn ?? ''}</View>
      ) : (
        <DatePicker
          value={finding.dueOn}
          onChange={(dueOn) => {
            onChange({ dueOn });
          }}
          {...(latest === undefined ? {} : { to: latest })}
        />
      )}
    </Field>
  );
}

const NOTHING = { statementId: null, lineIndex: null, contractId: null } as const;

/** The published statement, one line of it, or the contract that it is about. */
function Concern({ finding, onChange }: Pick<FindingFormProps, 'finding' | 'onChange'>) {
  const statements = usePublishedStatements();
  const contracts = useContracts();
  const { statementId, contractId } = finding;
  const options = [
    { value: '', label: '没有对应的账目' },
    ...(statements.status === 'ready' ? statements.data.items : []).map(({ id, quarter, version }) => ({
      value: `S${id}`,
      label: `${formatQuarter(quarter)}公共收益${version === 1 ? '' : `（第 ${version} 版）`}`,
    })),
    ...(contracts.status === 'ready' ? contracts.data.items : []).map(({ id, contractNo, subject }) => ({
      value: `C${id}`,
      label: `合同 ${contractNo} ${subject}`,
    })),
  ];
  const value = statementId !== null ? `S${statementId}` : contractId !== null ? `C${contractId}` : '';
  return (
    <>
      <Field label="涉及的账目或合同" optional>
        <Picker
          value={value}
          options={options}
          onChange={(chosen) => {
            const id = chosen.slice(1);
            if (chosen.startsWith('S')) onChange({ ...NOTHING, statementId: id });
            else onChange(chosen === '' ? NOTHING : { ...NOTHING, contractId: id });
          }}
        />
      </Field>
      {statementId !== null && <Line finding={finding} statementId={statementId} onChange={onChange} />}
    </>
  );
}

const WHOLE = 'WHOLE';

function Line({
  finding: { lineIndex },
  statementId,
  onChange,
}: Pick<FindingFormProps, 'finding' | 'onChange'> & { readonly statementId: string }) {
  const statement = useStatementLines(statementId);
  const lines = statement.status === 'ready' ? statement.data.lines : [];
  return (
    <Field label="哪一笔">
      <Picker
        value={lineIndex === null ? WHOLE : String(lineIndex)}
        options={[
          { value: WHOLE, label: '整个季度' },
          ...lines.map((line) => ({ value: String(line.index), label: lineText(line) })),
        ]}
        onChange={(chosen) => {
          onChange({ lineIndex: chosen === WHOLE ? null : Number(chosen) });
        }}
      />
    </Field>
  );
}

function lineText(line: StatementLineView): string {
  return line.dir === 'INCOME'
    ? `收 ${INCOME_CATEGORIES[line.category].label} ${line.counterparty} ${formatYuan(line.netFen)}`
    : `支 ${SPEND_CATEGORIES[line.category].label} ${line.counterparty} ${formatYuan(line.amountFen)}`;
}
