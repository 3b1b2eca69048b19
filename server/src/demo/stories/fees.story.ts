import { setTimeout as pause } from 'node:timers/promises';
import { addMonths, monthOf, shanghaiDate, timeOfDay, type Month } from '@linli/shared/kernel';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import {
  IssueBillsService,
  MyBillsService,
  ScheduleService,
  UtilitiesService,
} from '../../features/fees/index.ts';
import {
  AskRefundService,
  PayeesService,
  PayOrdersService,
  RefundDeskService,
} from '../../features/payments/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import type { World } from '../world.ts';

const COMPANY = '奇台县安泰物业服务有限公司';
/** Owners who have opened the app and paid in it. */
const PAYING_OWNERS = 300;
const AT_ONCE = 8;
/** One whose money comes after the order was closed, and one who was charged too much. */
const LATE_PAYER = 7;
const OVERCHARGED = 6;
const TOO_MUCH_FEN = 3_000;
const HOUR = 3_600_000;

const SERVICES = [
  {
    area: '综合服务',
    standard: '服务中心每天 8:30—20:00 有人值班，报修 30 分钟内响应，投诉 2 个工作日内答复。',
  },
  { area: '房屋和设施', standard: '共用部位每周巡查一次；电梯每 15 天维保一次，困人 30 分钟内到场。' },
  { area: '保洁', standard: '楼道每日清扫一次、每周拖洗两次；生活垃圾日产日清。' },
  { area: '绿化', standard: '草坪每年修剪 6 次以上，枯死苗木 7 日内补种。' },
  { area: '秩序', standard: '主出入口 24 小时值守，夜间每 2 小时巡查一次，消防通道随堵随清。' },
];

/** The first month of the year of the sample meters: the schedule is in force by then, however late the demo is made. */
const SAMPLE_YEAR: Month = '2026-01';

/** What is charged and why, October's meters, and three months of bills that most people have paid. */
export async function tellFees(world: World): Promise<void> {
  const thisMonth = monthOf(shanghaiDate(world.now));
  const months = [addMonths(thisMonth, -2), addMonths(thisMonth, -1), thisMonth];
  const yearAgo = addMonths(thisMonth, -12);
  await publishSchedule(world, yearAgo < SAMPLE_YEAR ? yearAgo : SAMPLE_YEAR);
  const [first = thisMonth, second = thisMonth] = months;
  await issue(world, first, null);
  await issue(world, second, null);
  const meters = await publishMeters(world, thisMonth);
  const till = await openTill(world);
  const owners = await world.owners(PAYING_OWNERS);
  if (till !== null) {
    world.clock.set(dayOf(world, second, 18));
    // Every ninth forgets, so that there are arrears to see.
    await payAll(
      world,
      till,
      owners.filter((_, n) => n % 9 !== 4),
    );
  }
  await issue(world, thisMonth, meters);
  if (till === null) return;
  world.clock.set(world.now - HOUR);
  await payAll(
    world,
    till,
    owners.filter((_, n) => n > 3 && n % 3 === 0),
  );
  await payLate(world, till, owners[LATE_PAYER]);
  await askBack(world, owners[OVERCHARGED]);
  await till.close();
}

/** A day of the month at nine, or two hours ago where that is still to come. */
function dayOf(world: World, month: Month, day: number): number {
  return Math.min(timeOfDay(`${month}-${String(day).padStart(2, '0')}`, 9, 0), world.now - 2 * HOUR);
}

async function publishSchedule(world: World, effectiveFrom: Month): Promise<void> {
  world.clock.set(timeOfDay(`${effectiveFrom}-20`, 9, 0));
  const schedules = world.get(ScheduleService);
  const { items, faults } = await schedules.check(world.estateId, world.sample('fee-schedule.xlsx'));
  if (items === null) throw new Error(`The sample fee schedule has ${faults.length} faults`);
  const request = { effectiveFrom, reason: '', items, services: SERVICES };
  await schedules.publish(await world.caller('manager'), world.estateId, request, 'demo-fee-schedule-1');
}

async function publishMeters(world: World, thisMonth: Month): Promise<Month> {
  world.clock.set(dayOf(world, thisMonth, 3));
  const utilities = world.get(UtilitiesService);
  const check = await utilities.check(world.estateId, world.sample('common-utilities-2026-10.xlsx'));
  const { month, charges } = check;
  if (month === null || charges === null)
    throw new Error(`The sample meters have ${check.faults.length} faults`);
  await utilities.publish(
    await world.caller('manager'),
    world.estateId,
    { month, charges },
    'demo-utilities-1',
  );
  return month;
}

async function issue(world: World, month: Month, utilitiesOf: Month | null): Promise<void> {
  world.clock.set(dayOf(world, month, 5));
  const bills = world.get(IssueBillsService);
  const request = { month, utilitiesOf, oneOffs: [] };
  const { fingerprint } = await bills.preview(world.estateId, request);
  const clerk = await world.caller('clerk');
  await bills.issue(clerk, world.estateId, { ...request, fingerprint }, `demo-bills-for-${month}`);
}

/** The sandbox's cashier, with its clock on the demo's time. */
interface Till {
  readonly mchId: string;
  hold(instant: number): Promise<void>;
  pay(cashierUrl: string): Promise<void>;
  /** Whoever had typed the password when the order was closed has paid all the same. */
  payClosed(orderNo: string): Promise<void>;
  close(): Promise<void>;
}

/** Null where the sandbox is not running: nothing is paid then. */
async function openTill(world: World): Promise<Till | null> {
  const { wechat } = world.app.get<Environment>(ENVIRONMENT);
  const merchant = wechat?.merchants[0];
  if (merchant === undefined || merchant.cashierBase === null) return null;
  const { mchId, payBase } = merchant;
  const control = (path: string, body: object) =>
    fetch(`${payBase}/sandbox${path}`, { method: 'POST', body: JSON.stringify(body) });
  const reached = await fetch(`${payBase}/sandbox/health`).catch(() => null);
  if (reached === null) return null;
  // The server does not run yet, so no callback could arrive: the payments are found by query.
  await control('/faults', { kind: 'lose', attempts: 'all', of: 'payment', times: 2 * PAYING_OWNERS });
  await world.get(PayeesService).set('SYSTEM', world.estateId, {
    ledger: 'PROPERTY_FEE',
    holderName: COMPANY,
    mchId,
  });
  return {
    mchId,
    hold: async (instant) => void (await control('/clock', { hold: instant })),
    pay: async (cashierUrl) => {
      const prepayId = new URL(cashierUrl).searchParams.get('prepay_id') ?? '';
      const form = new URLSearchParams({ prepay_id: prepayId, action: 'pay' });
      await fetch(`${payBase}/cashier`, { method: 'POST', body: form });
    },
    payClosed: async (orderNo) => {
      const order = await fetch(`${payBase}/sandbox/orders/${orderNo}`);
      const { prepayId, payerOpenid } = (await order.json()) as { prepayId: string; payerOpenid: string };
      await control('/pay', { prepay_id: prepayId, openid: payerOpenid, force: true });
    },
    close: async () => {
      await control('/clock', { release: true });
      await fetch(`${payBase}/sandbox/faults`, { method: 'DELETE' });
    },
  };
}

async function payAll(world: World, till: Till, owners: readonly Caller[]): Promise<void> {
  await till.hold(world.clock.now());
  for (let from = 0; from < owners.length; from += AT_ONCE) {
    await Promise.all(owners.slice(from, from + AT_ONCE).map((owner) => payOpenBills(world, till, owner)));
    await pause(0);
  }
}

/** One order for each home and ledger, as the rules want it. */
async function payOpenBills(world: World, till: Till, owner: Caller): Promise<void> {
  const orders = world.get(PayOrdersService);
  const { items } = await world.get(MyBillsService).list(owner, world.estateId, undefined, 20);
  const payable = items.filter(({ openFen, ledger }) => openFen > 0 && ledger === 'PROPERTY_FEE');
  const accounts = Map.groupBy(payable, ({ unitId }) => unitId);
  for (const [unitId, bills] of accounts) {
    const amountFen = bills.reduce((sum, { openFen, lateFeeFen }) => sum + openFen + lateFeeFen, 0);
    const request = { billIds: bills.map(({ id }) => id), channel: 'H5' as const, amountFen };
    const key = `demo-pay-${unitId}-${bills[0]?.month ?? ''}`;
    const { orderNo, pay } = await orders.create(owner, request, key);
    if (pay?.kind !== 'CASHIER') throw new Error(`Order ${orderNo} cannot be paid`);
    await till.pay(pay.url);
    await orders.ask(orderNo);
  }
}

/** An order that was given up and paid all the same: its money waits for the payer's word. */
async function payLate(world: World, till: Till, owner: Caller | undefined): Promise<void> {
  if (owner === undefined) return;
  const { items } = await world.get(MyBillsService).list(owner, world.estateId, undefined, 20);
  const bill = items.find(({ openFen, ledger }) => openFen > 0 && ledger === 'PROPERTY_FEE');
  if (bill === undefined) return;
  const orders = world.get(PayOrdersService);
  const request = {
    billIds: [bill.id],
    channel: 'H5' as const,
    amountFen: bill.openFen + bill.lateFeeFen,
  };
  const { orderNo } = await orders.create(owner, request, `demo-late-${bill.id}`);
  await orders.cancel(owner, orderNo);
  await till.payClosed(orderNo);
  await orders.recover(till.mchId, orderNo);
}

/** A refund that the clerk has asked for and that waits for the manager. */
async function askBack(world: World, owner: Caller | undefined): Promise<void> {
  if (owner === undefined) return;
  const { items } = await world.get(MyBillsService).list(owner, world.estateId, undefined, 20);
  const bill = items.find(({ state }) => state === 'PAID');
  if (bill === undefined) return;
  const [payment] = (await world.get(RefundDeskService).paymentsOf(world.estateId, bill.id)).items;
  if (payment === undefined) return;
  const request = {
    subject: 'PAYMENT' as const,
    subjectId: payment.orderId,
    billId: bill.id,
    effect: 'BILL_STAYS' as const,
    amountFen: Math.min(TOO_MUCH_FEN, payment.refundableFen),
    reason: '车位管理费多算了一个月',
  };
  const clerk = await world.caller('clerk');
  await world.get(AskRefundService).ask(clerk, world.estateId, request, `demo-refund-${bill.id}`);
}
