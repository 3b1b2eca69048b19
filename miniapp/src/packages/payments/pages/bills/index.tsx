import { Text, View } from '@tarojs/components';
import type { BillView, MyBills } from '@linli/shared/fees';
import { formatMonth, formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  ConfirmSheet,
  Empty,
  Money,
  MorePages,
  PageShell,
  SectionHead,
  SkeletonCard,
  SkeletonList,
  Tabs,
} from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { currentHome, toast, useSession } from '@/stores';
import { cancelOrder, forgetMoney, openCashier, orderBills, useMyBills } from '../../api';
import { BillCard } from '../../components/bill-card';
import { DunningRecord } from '../../components/dunning-record';
import { InstalmentCard } from '../../components/instalment-card';
import { accountOf, accountsOf, homeFirst, isOpen, owedFen, sumOwed } from '../../model';

/** 缴费: what is owed, each bill down to its formula, and paying. */
export default function BillsPage() {
  const bills = useMyBills();
  const [tab, setTab] = useState<'open' | 'paid'>('open');
  const home = useSession((state) => state.unitId);
  const kind = useSession(currentHome)?.kind;
  const items = bills.status === 'ready' ? homeFirst(bills.data.items, home) : [];
  const { chosen, choose } = useChosen(items);
  if (bills.status === 'error' && bills.error.status === 403)
    return <NotForTenants tenant={kind === 'TENANT'} />;

  return (
    <PageShell
      route="bills"
      resource={bills}
      skeleton={<BillsSkeleton />}
      empty={({ items: all }) =>
        all.length === 0 ? (
          <Empty
            title="还没有账单"
            text="物业出账后会在这里显示，每一笔都能看到怎么算的。"
            next={{
              label: '看收费标准',
              onTap: () => {
                navigate('fees');
              },
            }}
          />
        ) : undefined
      }
      foot={chosen.length > 0 && tab === 'open' ? <PayFoot bills={chosen} /> : undefined}
    >
      {(data) => (
        <View className="stack stack--4">
          <Due bills={data} />
          <Tabs
            label="账单"
            value={tab}
            onChange={setTab}
            options={[
              { value: 'open', label: '待缴' },
              { value: 'paid', label: '已缴' },
            ]}
          />
          {tab === 'open' ? (
            <OpenBills bills={items.filter(isOpen)} chosen={chosen} onChoose={choose} />
          ) : (
            <PaidBills bills={items.filter((bill) => !isOpen(bill))} />
          )}
          <MorePages more={bills.more} />
          <InstalmentCard />
          <Further bills={data} />
        </View>
      )}
    </PageShell>
  );
}

/** Which bills are paid together: all of the first account, but for those that were left out. */
function useChosen(items: readonly BillView[]) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [account, setAccount] = useState<string | null>(null);
  const payable = items.filter((bill) => isOpen(bill) && bill.pendingOrderNo === null);
  const current = account ?? (payable[0] === undefined ? null : accountOf(payable[0]));
  const chosen = payable.filter((bill) => accountOf(bill) === current && !left.has(bill.id));
  const choose = (bill: BillView, on: boolean) => {
    const mine = accountOf(bill);
    if (on && mine !== current) {
      // One order is for one home and one ledger: choosing another begins anew with this bill.
      setAccount(mine);
      setLeft(new Set(payable.filter(({ id }) => id !== bill.id).map(({ id }) => id)));
      toast('不同房屋、不同账目要分开缴');
      return;
    }
    const next = new Set(left);
    if (on) next.delete(bill.id);
    else next.add(bill.id);
    setLeft(next);
  };
  return { chosen, choose };
}

const FURTHER = [
  { icon: 'people', title: '缴费有困难？申请减免或缓缴', to: 'relief' },
  { icon: 'document', title: '收费标准和依据', to: 'fees' },
  { icon: 'list', title: '收据', to: 'receipts' },
  { icon: 'wallet', title: '退款和多付的钱', to: 'refunds' },
] as const;

/** What was done about overdue bills, 收费标准 and 收据. */
function Further({ bills: { overdueFen } }: { readonly bills: MyBills }) {
  return (
    <>
      {overdueFen > 0 && <DunningRecord />}
      <Card flush>
        {FURTHER.map(({ icon, title, to }) => (
          <Cell
            key={to}
            icon={icon}
            title={title}
            onTap={() => {
              navigate(to);
            }}
          />
        ))}
      </Card>
    </>
  );
}

function NotForTenants({ tenant }: { readonly tenant: boolean }) {
  return (
    <PageShell route="bills">
      <Empty
        title="这里没有您的账单"
        text={
          tenant
            ? '物业费由业主缴，租户看不到账单。收多少、怎么算，收费标准里都写着。'
            : '业主和家人绑定房屋以后，才能看到自家的账单。'
        }
        next={{
          label: '看收费标准',
          onTap: () => {
            navigate('fees');
          },
        }}
      />
    </PageShell>
  );
}

function BillsSkeleton() {
  return (
    <View className="stack stack--3">
      <SkeletonCard lines={2} />
      <SkeletonList cards={2} />
    </View>
  );
}

function Due({ bills }: { readonly bills: MyBills }) {
  return (
    <Card>
      <View className="bill-due stack stack--1">
        <View className="t-second t-muted">{bills.openFen > 0 ? '一共待缴' : '都缴清了，谢谢您'}</View>
        <Money fen={bills.openFen} size="money" coloured={bills.openFen > 0} />
        {bills.overdueFen > 0 && (
          <View className="t-second t-urgent">{`其中 ${formatYuan(bills.overdueFen)} 已过期限`}</View>
        )}
      </View>
    </Card>
  );
}

function OpenBills({
  bills,
  chosen,
  onChoose,
}: {
  readonly bills: readonly BillView[];
  readonly chosen: readonly BillView[];
  readonly onChoose: (bill: BillView, on: boolean) => void;
}) {
  if (bills.length === 0) return <Empty title="没有待缴的账单" text="缴过的在“已缴”里，收据也能随时看。" />;
  return (
    <>
      {accountsOf(bills).map((group) => (
        <View key={group[0]?.id ?? ''} className="stack stack--3">
          <SectionHead title={group[0]?.unitName ?? ''} />
          {group.map((bill) =>
            bill.pendingOrderNo === null ? (
              <BillCard
                key={bill.id}
                bill={bill}
                chosen={chosen.some(({ id }) => id === bill.id)}
                onChoose={(on) => {
                  onChoose(bill, on);
                }}
              />
            ) : (
              <View key={bill.id} className="stack stack--2">
                <BillCard bill={bill} />
                <UnderWay orderNo={bill.pendingOrderNo} />
              </View>
            ),
          )}
        </View>
      ))}
    </>
  );
}

/** The bill belongs to an order that is neither paid nor closed. */
function UnderWay({ orderNo }: { readonly orderNo: string }) {
  const cancel = useAction(() => cancelOrder(orderNo), {
    onDone: ({ state }) => {
      toast(state === 'PAID' ? '这笔已经付成功了' : '已取消，可以重新支付', 'good');
    },
    onError: ({ message, status }) => {
      toast(status === 404 ? '家里别的人正在支付这张账单' : message, 'bad');
    },
  });
  return (
    <Card tone="brand">
      <View className="stack stack--3">
        <View>这张账单正在支付。</View>
        <View className="row gap-3">
          <Button
            size="small"
            onTap={() => {
              navigate('payResult', { orderNo });
            }}
          >
            看付款结果
          </Button>
          <Button size="small" kind="plain" busy={cancel.busy} onTap={() => cancel.run()}>
            取消这笔
          </Button>
        </View>
      </View>
    </Card>
  );
}

function PaidBills({ bills }: { readonly bills: readonly BillView[] }) {
  return (
    <View className="stack stack--3">
      {bills.length === 0 && <Empty title="还没有缴过的账单" />}
      {bills.map((bill) => (
        <BillCard key={bill.id} bill={bill} />
      ))}
    </View>
  );
}

/** What is chosen, and the one action of this page. */
function PayFoot({ bills }: { readonly bills: readonly BillView[] }) {
  const [asking, setAsking] = useState(false);
  const amountFen = sumOwed(bills);
  const pay = usePayment(bills, amountFen, () => {
    setAsking(false);
  });
  return (
    <View className="row gap-3">
      <View className="pay-foot__sum">
        <View className="t-second t-muted">{`已选 ${bills.length} 张`}</View>
        <Money fen={amountFen} size="title" coloured />
      </View>
      <Button
        label={`去支付 ${formatYuan(amountFen)}`}
        onTap={() => {
          setAsking(true);
        }}
      >
        去支付
      </Button>
      <ConfirmSheet
        open={asking}
        title="确认缴费"
        sentence={sentenceOf(bills, amountFen)}
        doLabel="确认支付"
        busyText="正在下单…"
        busy={pay.busy}
        error={pay.error?.message}
        onConfirm={() => pay.run()}
        onClose={() => {
          setAsking(false);
        }}
      >
        <View className="stack stack--1">
          {bills.map((bill) => (
            <View key={bill.id} className="row row--between">
              <Text className="grow">{`${formatMonth(bill.month)} ${bill.ledgerLabel}`}</Text>
              <Money fen={owedFen(bill)} />
            </View>
          ))}
        </View>
      </ConfirmSheet>
    </View>
  );
}

/** One order for the bills, then WeChat's own cashier. */
function usePayment(bills: readonly BillView[], amountFen: number, onOrdered: () => void) {
  return useAction(
    async (key) => {
      const order = await orderBills(
        key,
        bills.map(({ id }) => id),
        amountFen,
      );
      forgetMoney();
      const looksNow = order.pay === null || (await openCashier(order.orderNo, order.pay));
      return { order, looksNow };
    },
    {
      onDone: ({ order, looksNow }) => {
        onOrdered();
        if (looksNow) navigate('payResult', { orderNo: order.orderNo });
      },
      onError: forgetMoney,
    },
  );
}

function sentenceOf(bills: readonly BillView[], amountFen: number): string {
  const [first] = bills;
  return `将用微信支付 ${formatYuan(amountFen)}，缴 ${first?.unitName ?? ''} 的 ${bills.length} 张${first?.ledgerLabel ?? ''}账单。付款后自动开收据。`;
}
