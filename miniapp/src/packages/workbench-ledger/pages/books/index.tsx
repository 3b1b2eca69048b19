import { View } from '@tarojs/components';
import type { AccountBalance, BookBalance } from '@linli/shared/ledger';
import { formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, Empty, Money, TextInput } from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useTrialBalance } from '../../api';

/** 总账: every book, whether its two sides are equal, and the way to each account. */
export default function BooksPage() {
  const balance = useTrialBalance();
  return (
    <WorkbenchShell
      route="ledgerDesk"
      active="ledger"
      title="总账"
      resource={balance}
      empty={({ books }) =>
        books.length === 0 ? (
          <Empty title="还没有记账" text="出了账单、收了钱，会自动记到这里，不用手工记。" />
        ) : undefined
      }
    >
      {({ books }) => (
        <View className="stack stack--5">
          <View className="t-second t-muted">
            账单、缴费、退款发生的同时自动记账。三本账各记各的，互不往来；记下的不能改、不能删。
          </View>
          <FindOrder />
          {books.map((book) => (
            <Book key={book.book} book={book} alone={books.length === 1} />
          ))}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Book({ book, alone }: { readonly book: BookBalance; readonly alone: boolean }) {
  const equal = book.debitFen === book.creditFen;
  return (
    <Card
      title={book.label}
      extra={
        equal ? (
          <Chip tone="good" icon="check">
            两边相等
          </Chip>
        ) : (
          <Chip tone="bad">两边不等，请联系运维</Chip>
        )
      }
    >
      <View className="stack stack--3">
        <DataTable
          caption={`${book.label}的科目`}
          rows={book.rows}
          rowKey={({ kind }) => kind}
          rowLabel={(row) => `${row.label}，余额 ${formatYuan(row.balanceFen)}，${row.plain}`}
          onOpen={(row) => {
            openAccount(book, row);
          }}
          keyboard={alone}
          card={(row) => <AccountCard row={row} />}
          columns={COLUMNS}
        />
        <View className="t-second t-muted">
          {`借方科目余额合计 ${formatYuan(book.debitFen)}，贷方科目余额合计 ${formatYuan(book.creditFen)}。`}
        </View>
      </View>
    </Card>
  );
}

function AccountCard({ row }: { readonly row: AccountBalance }) {
  return (
    <View className="stack stack--1">
      <View className="row row--between">
        <View className="t-strong">{row.label}</View>
        <Money fen={row.balanceFen} />
      </View>
      <View className="t-second t-muted">{row.plain}</View>
    </View>
  );
}

const COLUMNS: readonly Column<AccountBalance>[] = [
  { key: 'label', title: '科目', width: '170px', cell: ({ label }) => label },
  { key: 'plain', title: '是什么', cell: ({ plain }) => plain },
  { key: 'debit', title: '借方', align: 'right', width: '140px', cell: (row) => formatYuan(row.debitFen) },
  { key: 'credit', title: '贷方', align: 'right', width: '140px', cell: (row) => formatYuan(row.creditFen) },
  { key: 'balance', title: '余额', align: 'right', width: '150px', cell: balanceText },
];

/** 借 ¥1.00: on which side it stands. */
function balanceText({ side, balanceFen }: AccountBalance): string {
  return `${side === 'DEBIT' ? '借' : '贷'} ${formatYuan(balanceFen)}`;
}

function openAccount({ book }: BookBalance, { kind, subject, label }: AccountBalance): void {
  if (subject === 'NONE') navigate('ledgerEntries', { book, kind, name: label });
  else navigate('ledgerSubjects', { book, kind, name: label });
}

/** An order's number from a receipt or from WeChat leads to its entries. */
function FindOrder() {
  const [orderNo, setOrderNo] = useState('');
  const typed = orderNo.trim();
  return (
    <View className="row gap-3 no-print">
      <View className="grow">
        <TextInput
          label="订单号"
          value={orderNo}
          onChange={setOrderNo}
          placeholder="输入订单号，查一笔付款记在哪里"
          maxLength={64}
        />
      </View>
      <Button
        kind="plain"
        disabled={typed === ''}
        onTap={() => {
          navigate('ledgerTrace', { kind: 'ORDER_NO', id: typed });
        }}
      >
        查凭证
      </Button>
    </View>
  );
}
