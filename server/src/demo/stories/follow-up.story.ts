import { addDays, endOfDay, MINUTE_MS, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import {
  DecisionsService,
  FollowUpService,
  GrantMandateService,
  ReadAssemblyService,
  ResultObjectionsService,
} from '../../features/assembly/index.ts';
import { PersonsRepository } from '../../features/identity/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { World } from '../world.ts';

/** What became of what the summer meeting decided: one done, one late, and an owner who objected to a result. */
export async function followDecided(world: World, assemblyId: string): Promise<void> {
  const chair = await world.caller('chair');
  const { items } = await world.get(DecisionsService).list(world.estateId, { limit: 20 });
  const [gates, contract] = ['用公共收益更换单元门禁', '续聘奇台县安泰物业服务有限公司'].map((title) =>
    items.find((decision) => decision.title === title),
  );
  const [objector] = (await world.owners(30)).slice(20);
  if (gates === undefined || contract === undefined || objector === undefined)
    throw new Error('The summer meeting decided otherwise');
  await objectAndAnswer(world, assemblyId, objector, chair);
  const decidedAt = world.clock.now();
  const after = (days: number) => timeOfDay(addDays(shanghaiDate(decidedAt), days), 10, 0);
  const followUps = world.get(FollowUpService);
  const step = async (id: string, kind: 'STARTED' | 'PROGRESS' | 'DONE', text: string, photo?: number) =>
    followUps.report(
      chair,
      world.estateId,
      id,
      { kind, text, fileIds: photo === undefined ? [] : [await photoOf(world, chair, photo)] },
      `demo-step-${id.slice(-8)}-${kind}`,
    );
  world.clock.set(after(3));
  await followUps.plan(chair, world.estateId, contract.id, {
    body: 'COMMITTEE',
    bodyName: '业委会主任',
    dueOn: addDays(shanghaiDate(decidedAt), 30),
    expiresOn: null,
    purposes: [],
    budgetYear: null,
    // Said whether or not the day is another than the one that the decision came with.
    reason: '合同条款要和物业逐条谈定',
  });
  await followUps.plan(chair, world.estateId, gates.id, {
    body: 'COMPANY',
    bodyName: '物业项目经理',
    dueOn: addDays(shanghaiDate(decidedAt), 60),
    expiresOn: addDays(shanghaiDate(decidedAt), 365),
    purposes: ['FACILITY_UPGRADE'],
    budgetYear: null,
    reason: '由物业组织比价和施工，业委会验收',
  });
  world.clock.set(after(20));
  await step(contract.id, 'DONE', '新合同已签订并报街道备案，收费标准不变。');
  await step(gates.id, 'STARTED', '已向三家供应商询价，报价单在业委会办公室可以查看。');
  world.clock.set(after(52));
  await step(gates.id, 'PROGRESS', '1 至 4 号楼已换好，其余楼栋等供应商到货。', 61);
}

/** Agents of the vote that runs: one of them is whoever plays the owner, another waits for a second pair of eyes. */
export async function sendAgents(world: World, assemblyId: string): Promise<void> {
  world.clock.set(world.now - 40 * MINUTE_MS);
  const reading = world.get(ReadAssemblyService);
  const agent = await world.caller('owner');
  const phone = (await world.get(PersonsRepository).byId(world.database, agent.personId))?.phone ?? null;
  const silent: { readonly caller: Caller; readonly principalId: string; readonly ownerId: string }[] = [];
  const played = new Set(world.people.values());
  for (const caller of (await world.owners(420)).slice(400)) {
    const { mine } = await reading.detail(caller, world.estateId, assemblyId);
    const [principal] = mine;
    const me = principal?.coOwners.find(({ isMe }) => isMe);
    if (principal === undefined || me === undefined || played.has(caller.personId)) continue;
    if (principal.canVote && principal.coOwners.length === 1 && principal.ballot === null)
      silent.push({ caller, principalId: principal.principalId, ownerId: me.ownerId });
  }
  const [signs, onPaper] = silent;
  if (signs === undefined || onPaper === undefined || phone === null)
    throw new Error('Nobody is left to send an agent');
  const { motions } = await reading.detail(agent, world.estateId, assemblyId);
  const [first] = motions;
  const granting = world.get(GrantMandateService);
  const terms = { agentPhone: phone, motionIds: null };
  await granting.grant(signs.caller, world.estateId, assemblyId, {
    ...terms,
    principalId: signs.principalId,
    instructions: first === undefined ? [] : [{ motionId: first.id, choice: 'FOR' }],
  });
  const chair = await world.caller('chair');
  await granting.enter(chair, world.estateId, assemblyId, {
    ...terms,
    principalId: onPaper.principalId,
    ownerId: onPaper.ownerId,
    instructions: [],
    scanFileId: await photoOf(world, chair, 62),
  });
}

async function objectAndAnswer(
  world: World,
  assemblyId: string,
  objector: Caller,
  chair: Caller,
): Promise<void> {
  const objections = world.get(ResultObjectionsService);
  const text = '门禁的报价没有附在会议材料里，希望补充公示。';
  const raised = await objections.object(
    objector,
    world.estateId,
    assemblyId,
    { text },
    'demo-result-objection',
  );
  const [own] = raised.items;
  if (own === undefined) throw new Error('The objection is gone');
  world.clock.set(endOfDay(shanghaiDate(world.clock.now())));
  await objections.answer(chair, world.estateId, assemblyId, own.id, {
    answer: '三家报价已补在公示栏和会议材料里，支出以实际合同为准，不超过决定的金额。',
  });
}

async function photoOf(world: World, by: Caller, seed: number): Promise<string> {
  const name = seed === 62 ? '委托书.jpg' : '现场照片.jpg';
  const file = await world
    .get(FilesService)
    .keep(by, { purpose: 'MATERIAL', name, body: await world.photo(seed) });
  return file.id;
}
