import { View } from '@tarojs/components';
import { INCOME_LIMITS, type SaveStatementRequest, sumStatement } from '@linli/shared/income';
import { formatYuan } from '@linli/shared/kernel';
import { Button, Card, Fact, Field, Money, TextInput } from '@/components';
import type { StepProps } from './lines-step';
import { MoneyInput } from './money-input';
import { useRowKeys } from './row-keys';

/** 账户余额: the closing balance beside what the lines come to, and the bank beside both. */
export function BalanceStep({ edit, faults, onChange }: StepProps) {
  const { request } = edit;
  const part: PartProps = {
    request,
    merge: (changed) => {
      onChange({ ...edit, request: { ...request, ...changed } });
    },
    errorOf: (path) => faults.find((fault) => fault.path === path)?.message,
  };
  return (
    <View className="stack stack--4">
      <ClosingBalance {...part} />
      <BankAccount {...part} />
    </View>
  );
}

interface PartProps {
  readonly request: SaveStatementRequest;
  readonly merge: (part: Partial<SaveStatementRequest>) => void;
  readonly errorOf: (path: string) => string | undefined;
}

function ClosingBalance({ request, merge, errorOf }: PartProps) {
  const sums = sumStatement(request);
  return (
    <Card title="季末余额">
      <View className="stack stack--3">
        <Fact label="季初余额">
          <Money fen={request.openingFen} />
        </Fact>
        <Fact label="加 净收入">
          <Money fen={sums.incomeNetFen} />
        </Fact>
        <Fact label="减 支出">
          <Money fen={sums.spendFen} />
        </Fact>
        <Fact label="按明细应为">
          <Money fen={sums.closingFen} />
        </Fact>
        <Field label="季末余额（元）" error={errorOf('closingFen')}>
          <MoneyInput
            fen={request.closingFen}
            onChange={(closingFen) => {
              merge({ closingFen });
            }}
          />
        </Field>
        {request.closingFen !== sums.closingFen && (
          <Button
            kind="quiet"
            size="small"
            onTap={() => {
              merge({ closingFen: sums.closingFen });
            }}
          >
            {`改成 ${formatYuan(sums.closingFen)}`}
          </Button>
        )}
      </View>
    </Card>
  );
}

function BankAccount({ request, merge, errorOf }: PartProps) {
  const away = request.reconciling.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return (
    <Card title="银行账户">
      <View className="stack stack--3">
        <Field
          label="账户持有人"
          hint="业主委员会、代行的社区或物业企业，不能是个人"
          error={errorOf('accountHolder')}
        >
          <TextInput
            value={request.accountHolder}
            maxLength={INCOME_LIMITS.counterpartyMax}
            onChange={(accountHolder) => {
              merge({ accountHolder });
            }}
          />
        </Field>
        <Field label="季末银行余额（元）" hint="对账单上季末最后一天的余额" error={errorOf('bankBalanceFen')}>
          <MoneyInput
            fen={request.bankBalanceFen}
            onChange={(bankBalanceFen) => {
              merge({ bankBalanceFen });
            }}
          />
        </Field>
        <Reconciling request={request} merge={merge} errorOf={errorOf} />
        <Fact label="银行余额加未达账项">
          <Money fen={(request.bankBalanceFen ?? 0) + away} />
        </Fact>
      </View>
    </Card>
  );
}

/** What the books know and the bank does not yet, or the other way round. */
function Reconciling({ request, merge, errorOf }: PartProps) {
  const { reconciling } = request;
  const rows = useRowKeys(reconciling.length);
  const write = (index: number, part: Partial<(typeof reconciling)[number]>) => {
    merge({ reconciling: reconciling.map((item, at) => (at === index ? { ...item, ...part } : item)) });
  };
  return (
    <View className="stack stack--3">
      {reconciling.map((item, index) => (
        <View key={rows.keyAt(index)} className="card card--brand">
          <Field label={`未达账项 ${index + 1}`} error={errorOf(`reconciling[${index}].description`)}>
            <TextInput
              value={item.description}
              placeholder="如：9月30日停车费在途"
              maxLength={INCOME_LIMITS.noteMax}
              onChange={(description) => {
                write(index, { description });
              }}
            />
          </Field>
          <Field label="金额（元）" hint="银行还没有收到的填正数，银行多出来的填负数">
            <MoneyInput
              fen={item.amountFen}
              onChange={(amountFen) => {
                write(index, { amountFen });
              }}
            />
          </Field>
          <Button
            kind="quiet"
            size="small"
            label={`去掉未达账项 ${index + 1}`}
            onTap={() => {
              rows.drop(index);
              merge({ reconciling: reconciling.filter((_, at) => at !== index) });
            }}
          >
            去掉
          </Button>
        </View>
      ))}
      {reconciling.length < INCOME_LIMITS.reconcilingMax && (
        <Button
          kind="plain"
          size="small"
          icon="plus"
          onTap={() => {
            merge({ reconciling: [...reconciling, { description: '', amountFen: 0 }] });
          }}
        >
          加一项未达账项
        </Button>
      )}
    </View>
  );
}
