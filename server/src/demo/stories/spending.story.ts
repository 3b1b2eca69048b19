import { addDays, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import type { ApplySpendingRequest } from '@linli/shared/spending';
import { DecisionsService } from '../../features/assembly/index.ts';
import { ApplySpendingService, SpendingStepsService } from '../../features/income/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { World } from '../world.ts';

/** Under the decision on the gates: the first delivery is paid, the second waits for the committee. */
export async function tellSpending(world: World): Promise<void> {
  const { items } = await world.get(DecisionsService).list(world.estateId, { limit: 20 });
  const gates = items.find(({ title }) => title === '用公共收益更换单元门禁');
  if (gates === undefined) throw new Error('Nobody decided on the gates');
  const [manager, chair, treasurer, street] = await Promise.all([
    world.caller('manager'),
    world.caller('chair'),
    world.caller('treasurer'),
    world.caller('street'),
  ]);
  const on = (daysAgo: number, hour: number) => {
    world.clock.set(timeOfDay(addDays(shanghaiDate(world.now), -daysAgo), hour, 0));
  };
  const apply = async (request: Omit<ApplySpendingRequest, 'fileIds'>, key: string) => {
    const fileIds = [await scan(world, manager, '采购合同.jpg', 71)];
    return world.get(ApplySpendingService).apply(manager, world.estateId, { ...request, fileIds }, key);
  };
  const gate = {
    category: 'FACILITY_UPGRADE',
    payee: '奇台县安达门禁设备有限公司',
    decisionNo: gates.number,
  } as const;
  const steps = world.get(SpendingStepsService);

  on(12, 10);
  const first = await apply(
    { ...gate, text: '1 至 4 号楼单元门禁 12 套，含安装', amountFen: 1_860_000 },
    'demo-spending-gates-1',
  );
  on(11, 16);
  await steps.confirm(chair, world.estateId, first.id);
  on(9, 11);
  await steps.file(street, world.estateId, first.id);
  on(8, 15);
  await steps.pay(treasurer, world.estateId, first.id, {
    paidOn: addDays(shanghaiDate(world.now), -8),
    bankLineNo: 'ICBC652325000187',
    receiptFileId: await scan(world, treasurer, '银行回单.jpg', 72),
  });
  on(1, 10);
  await apply(
    { ...gate, text: '5 至 6 号楼单元门禁 6 套，含安装', amountFen: 930_000 },
    'demo-spending-gates-2',
  );
}

async function scan(world: World, by: Caller, name: string, seed: number): Promise<string> {
  const body = await world.photo(seed);
  return (await world.get(FilesService).keep(by, { purpose: 'VOUCHER', name, body })).id;
}
