import { addDays, HOUR_MS, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import type { ApplySpendingRequest } from '@linli/shared/spending';
import { DecisionsService } from '../../features/assembly/index.ts';
import {
  ApplySpendingService,
  JointAccountService,
  SpendingStepsService,
} from '../../features/income/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { RoleKey, World } from '../world.ts';

const GATES = {
  category: 'FACILITY_UPGRADE',
  payee: '奇台县安达门禁设备有限公司',
} as const;
const LAMPS = {
  category: 'REPAIR_COMMON',
  payee: '奇台县顺达机电设备有限公司',
  text: '地下车库更换照明灯具 18 盏',
  amountFen: 86_400,
  decisionNo: null,
} as const;

/**
 * Under the decision on the gates: the first delivery is paid and found on the bank's statement, the second waits for the
 * committee. A small repair was paid today; somebody has yet to find it there.
 */
export async function tellSpending(world: World): Promise<void> {
  const { items } = await world.get(DecisionsService).list(world.estateId, { limit: 20 });
  const gates = items.find(({ title }) => title === '用公共收益更换单元门禁');
  if (gates === undefined) throw new Error('Nobody decided on the gates');
  const decisionNo = gates.number;
  const paidOn = at(world, 8, 15);
  const first = await paid(
    world,
    { ...GATES, decisionNo, text: '1 至 4 号楼单元门禁 12 套，含安装', amountFen: 1_860_000 },
    { applied: at(world, 12, 10), confirmed: at(world, 11, 16), filed: at(world, 9, 11), paid: paidOn },
    'ICBC652325000187',
  );
  at(world, 5, 9);
  await importLines(world, [
    `${shanghaiDate(paidOn)},,18600.00,${GATES.payee},门禁款,ICBC652325000187`,
    `${shanghaiDate(paidOn)},,10.00,中国工商银行奇台支行,对公账户管理费,ICBC652325000188`,
  ]);
  const member = await world.caller('member');
  await world.get(SpendingStepsService).reconcile(member, world.estateId, first, 'ICBC652325000187');
  await world.get(JointAccountService).explain(member, world.estateId, {
    kind: 'WITHDRAWAL',
    subject: 'ICBC652325000188',
    reason: '银行按月扣的对公账户管理费',
  });
  at(world, 1, 10);
  await apply(
    world,
    { ...GATES, decisionNo, text: '5 至 6 号楼单元门禁 6 套，含安装', amountFen: 930_000 },
    'demo-spending-gates-2',
  );
  const today = world.now - HOUR_MS;
  await paid(
    world,
    LAMPS,
    { applied: at(world, 4, 11), confirmed: at(world, 3, 9), filed: at(world, 2, 15), paid: today },
    'ICBC652325000203',
  );
  await importLines(world, [`${shanghaiDate(today)},,864.00,${LAMPS.payee},灯具款,ICBC652325000203`]);
}

/** The day so long ago at that hour; what follows happens then. */
function at(world: World, daysAgo: number, hour: number): number {
  const instant = timeOfDay(addDays(shanghaiDate(world.now), -daysAgo), hour, 0);
  world.clock.set(instant);
  return instant;
}

type Request = Omit<ApplySpendingRequest, 'fileIds'>;

interface Moments {
  readonly applied: number;
  readonly confirmed: number;
  readonly filed: number;
  readonly paid: number;
}

/** Applied for by the company, confirmed by the chair, filed by the street, paid by the treasurer. */
async function paid(world: World, request: Request, when: Moments, bankLineNo: string): Promise<string> {
  const steps = world.get(SpendingStepsService);
  const as = (role: RoleKey, instant: number) => {
    world.clock.set(instant);
    return world.caller(role);
  };
  world.clock.set(when.applied);
  const { id } = await apply(world, request, `demo-spending-${bankLineNo}`);
  await steps.confirm(await as('chair', when.confirmed), world.estateId, id);
  await steps.file(await as('street', when.filed), world.estateId, id);
  const treasurer = await as('treasurer', when.paid);
  const receiptFileId = await scan(world, treasurer, '银行回单.jpg', 72);
  const paidOn = shanghaiDate(when.paid);
  await steps.pay(treasurer, world.estateId, id, { paidOn, bankLineNo, receiptFileId });
  return id;
}

async function apply(world: World, request: Request, key: string): Promise<{ readonly id: string }> {
  const manager = await world.caller('manager');
  const fileIds = [await scan(world, manager, '采购合同.jpg', 71)];
  return world.get(ApplySpendingService).apply(manager, world.estateId, { ...request, fileIds }, key);
}

async function importLines(world: World, lines: readonly string[]): Promise<void> {
  const sheet = ['交易日期,收入金额,支出金额,对方户名,摘要,交易流水号', ...lines].join('\n');
  const treasurer = await world.caller('treasurer');
  await world.get(JointAccountService).import(treasurer, world.estateId, Buffer.from(sheet));
}

async function scan(world: World, by: Caller, name: string, seed: number): Promise<string> {
  const body = await world.photo(seed);
  return (await world.get(FilesService).keep(by, { purpose: 'VOUCHER', name, body })).id;
}
