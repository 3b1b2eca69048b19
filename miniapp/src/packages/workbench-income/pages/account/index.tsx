import { View } from '@tarojs/components';
import { addMonths, formatFullDate, formatMonth, isMonth, monthOf, shanghaiDate } from '@linli/shared/kernel';
import type { JointAccountMonth } from '@linli/shared/spending';
import { useState } from 'react';
import { Card, Chip, PageContent, Picker, useNow } from '@/components';
import { BankImportPart, FilterBar, WorkbenchShell } from '@/components/staff';
import { useQuery } from '@/platform';
import { AccountPayments } from '../../components/account-payments';
import { AccountWithdrawals } from '../../components/account-withdrawals';
import { useJointAccount, useSpendingActions } from '../../spending-api';
import './index.css';

const MONTHS = 12;

/** 共管账户对账: every payment beside the bank's lines, month by month. */
export default function AccountDeskPage() {
  const now = useNow();
  const thisMonth = monthOf(shanghaiDate(now));
  const { month: asked = '' } = useQuery();
  const [month, setMonth] = useState(isMonth(asked) ? asked : thisMonth);
  const account = useJointAccount(month);
  const months = Array.from({ length: MONTHS }, (_, back) => addMonths(thisMonth, -back));
  const shown = months.includes(month) ? months : [...months, month];
  return (
    <WorkbenchShell route="accountDesk" active="spending" title="共管账户对账">
      <View className="stack stack--4">
        <FilterBar>
          <View className="account-month">
            <Picker
              label="月份"
              value={month}
              options={shown.map((value) => ({ value, label: formatMonth(value) }))}
              onChange={setMonth}
            />
          </View>
        </FilterBar>
        <PageContent resource={account}>{(data) => <Month data={data} />}</PageContent>
      </View>
    </WorkbenchShell>
  );
}

function Month({ data }: { readonly data: JointAccountMonth }) {
  const actions = useSpendingActions();
  return (
    <View className="stack stack--4">
      <Standing data={data} />
      <AccountPayments month={data} />
      <AccountWithdrawals month={data} />
      {data.isKeeper && (
        <BankImportPart
          lead="把网银导出的流水（xlsx 或 csv）传上来，和登记的付款逐笔核对。"
          send={actions.importStatement}
          found={({ otherLines }) => `其中支出和转账 ${otherLines} 笔`}
        />
      )}
    </View>
  );
}

function Standing({ data: { month, open, statementUntil } }: { readonly data: JointAccountMonth }) {
  const left = open.payments + open.withdrawals;
  return (
    <Card
      title={`${formatMonth(month)}对账`}
      extra={
        left === 0 ? (
          <Chip tone="good" icon="check">
            没有未对上的
          </Chip>
        ) : (
          <Chip tone="bad">{`${left} 笔没有对上`}</Chip>
        )
      }
    >
      <View className="stack stack--2">
        <View>
          {statementUntil === null
            ? '还没有导入银行流水。'
            : `银行流水导到 ${formatFullDate(statementUntil)}。`}
        </View>
        {left > 0 && (
          <View className="t-second">
            {`${open.payments} 笔付款、${open.withdrawals} 笔银行支出还没有对上，或没有说明原因；这个季度的收支因此还不能公示。`}
          </View>
        )}
      </View>
    </Card>
  );
}
