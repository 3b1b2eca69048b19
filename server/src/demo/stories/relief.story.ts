import { DAY_MS } from '@linli/shared/kernel';
import { MyBillsService } from '../../features/fees/index.ts';
import { ApplyReliefService, AskReliefService, JudgeReliefService } from '../../features/relief/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/index.ts';
import type { World } from '../world.ts';

/** Among those who forgot to pay: see the story of the fees. */
const IN_HARDSHIP = [4, 13] as const;
/** The photo of a certificate. */
const PAPER = 871;
const HOUR = 3_600_000;

/** One household whose fee was halved, and one whose application waits for the community. */
export async function tellRelief(world: World): Promise<void> {
  const owners = await world.owners(IN_HARDSHIP[1] + 1);
  const [granted, waiting] = IN_HARDSHIP.map((n) => owners[n]);
  if (granted === undefined || waiting === undefined) throw new Error('The demo has too few owners');
  world.clock.set(world.now - 3 * DAY_MS);
  const id = await ask(world, granted);
  if (id !== null) await grant(world, id);
  world.clock.set(world.now - 5 * HOUR);
  await ask(world, waiting);
}

/** Null where the household owes nothing. */
async function ask(world: World, owner: Caller): Promise<string | null> {
  const { items } = await world.get(MyBillsService).list(owner, world.estateId, undefined, 20);
  const open = items.filter(({ openFen, ledger }) => openFen > 0 && ledger === 'PROPERTY_FEE');
  const [bill] = open;
  if (bill === undefined) return null;
  const body = await world.photo(PAPER);
  const paper = await world
    .get(FilesService)
    .keep(owner, { purpose: 'HARDSHIP_PAPER', name: '低保证.jpg', body });
  const request = {
    unitId: bill.unitId,
    kind: 'REDUCTION' as const,
    billIds: open.filter(({ unitId }) => unitId === bill.unitId).map(({ id }) => id),
    certificateKind: 'MINIMUM_LIVING' as const,
    certificateNumber: `652325${bill.month.replace('-', '')}${bill.unitId.slice(-4)}`,
    reason: '两位老人常年吃药，今年打工收入少了，先缴不上全部物业费。',
    paperFileIds: [paper.id],
    wishedUntil: null,
    consent: true,
  };
  const asked = await world
    .get(AskReliefService)
    .ask(owner, world.estateId, request, `demo-relief-${bill.unitId}`);
  return asked.id;
}

async function grant(world: World, id: string): Promise<void> {
  const judging = world.get(JudgeReliefService);
  const note = '已入户核实，情况属实。';
  await judging.verify(await world.caller('community'), world.estateId, id, { verified: true, note });
  world.clock.set(world.now - 2 * DAY_MS);
  await judging.decide(await world.caller('street'), world.estateId, id, {
    approve: true,
    note: '',
    percent: 50,
    funder: { kind: 'CIVIL_AFFAIRS', name: '奇台县民政局' },
    until: null,
  });
  await world.get(ApplyReliefService).apply(id);
}
