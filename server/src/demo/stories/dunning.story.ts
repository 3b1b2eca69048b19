import { addDays, DAY_MS, shanghaiDate } from '@linli/shared/kernel';
import { DunningService, MyBillsService } from '../../features/fees/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import type { World } from '../world.ts';

/** Among those who forgot to pay, beside those who asked for relief: see the story of the fees. */
const REMINDED = [22, 31, 40] as const;
const WRITTEN_TO = 49;
const REMINDED_DAYS_AGO = 24;
const TIME_TO_ANSWER = 10;
const HANDLED_BY = '物业客服 李娜';

/** Some were reminded and let the time go by; one has been written to, and the paper waits to be delivered. */
export async function tellDunning(world: World): Promise<void> {
  const owners = await world.owners(WRITTEN_TO + 1);
  for (const n of [...REMINDED, WRITTEN_TO]) {
    const owner = owners[n];
    if (owner === undefined) throw new Error('The demo has too few owners');
    world.clock.set(world.now - REMINDED_DAYS_AGO * DAY_MS);
    const billId = await overdueBill(world, owner);
    if (billId === null) continue;
    await take(world, billId, 'REMINDER', TIME_TO_ANSWER);
    if (n !== WRITTEN_TO) continue;
    world.clock.set(world.now - 2 * DAY_MS);
    await take(world, billId, 'NOTICE', 20);
  }
  const [first] = REMINDED;
  world.people.set('debtor', owners[first]?.personId ?? '');
  world.clock.set(null);
}

async function overdueBill(world: World, owner: Caller): Promise<string | null> {
  const { items } = await world.get(MyBillsService).list(owner, world.estateId, undefined, 20);
  const overdue = items.filter(({ overdueDays, ledger }) => overdueDays > 0 && ledger === 'PROPERTY_FEE');
  return overdue.at(-1)?.id ?? null;
}

async function take(world: World, billId: string, step: 'REMINDER' | 'NOTICE', days: number): Promise<void> {
  const today = shanghaiDate(world.clock.now());
  const request = {
    step,
    takenOn: today,
    respondBy: addDays(today, days),
    handledBy: HANDLED_BY,
    note: '',
  };
  const clerk = await world.caller('clerk');
  await world
    .get(DunningService)
    .take(clerk, world.estateId, billId, request, `demo-dunning-${billId}-${step}`);
}
