import {
  addDays,
  DAY_MS,
  endOfDay,
  HOUR_MS,
  type Instant,
  shanghaiDate,
  timeOfDay,
} from '@linli/shared/kernel';
import {
  CandidatesService,
  ElectionsService,
  PetitionsService,
  SignPetitionService,
  TermsService,
} from '../../features/assembly/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import type { World } from '../world.ts';

const STATEMENTS = [
  '退休会计，住了十二年，愿意把每季度的账讲清楚。',
  '在供电公司上班，懂水电，可以帮大家看维修报价。',
  '小学老师，周末有时间，想把楼道和花园管起来。',
  '当过兵，热心，愿意每天在小区里走一圈。',
  '开店的，会谈价格，物业合同想帮大家谈细一点。',
  '社区志愿者，老人的事可以找我。',
  '做软件的，会把通知和结果及时发给大家。',
] as const;
const SIGNERS = 60;

/** The committee's term runs out: candidates are posted and open to objections. And owners gather signatures. */
export async function tellElection(world: World): Promise<void> {
  await registerTerm(world);
  await tellCandidates(world);
  await tellPetition(world);
  world.clock.set(null);
}

async function registerTerm(world: World): Promise<void> {
  world.clock.set(onDay(world, -100, 10));
  const community = await world.caller('community');
  const today = shanghaiDate(world.now);
  await world.get(TermsService).register(community, world.estateId, {
    startsOn: addDays(today, 60 - 5 * 365),
    endsOn: addDays(today, 60),
    seats: 5,
  });
}

async function tellCandidates(world: World): Promise<void> {
  const { estateId } = world;
  const today = shanghaiDate(world.now);
  const elections = world.get(ElectionsService);
  const chair = await world.caller('chair');
  world.clock.set(onDay(world, -20, 9));
  const { id } = await elections.start(
    chair,
    estateId,
    {
      kind: 'GENERAL',
      seats: 5,
      termYears: 5,
      startsOn: addDays(today, 61),
      conditions: '本小区业主，遵守管理规约，按时交纳物业费，有时间和热心为大家服务。',
      nominationsUntil: endOfDay(addDays(today, -6)),
      objectionsUntil: endOfDay(addDays(today, 6)),
    },
    'demo-election-start-0000',
  );
  const owners = await others(world, 60);
  for (const [index, statement] of STATEMENTS.entries()) {
    world.clock.set(onDay(world, -18 + index, 19));
    const owner = owners[20 + index * 4];
    if (owner === undefined) throw new Error('The sample roll has too few owners');
    const key = `demo-candidate-${index}-000000`;
    await world.get(CandidatesService).nominate(owner, estateId, id, { statement }, key);
  }
  world.clock.set(onDay(world, -5, 9));
  await elections.post(chair, estateId, id);
}

async function tellPetition(world: World): Promise<void> {
  const { estateId } = world;
  const [first, ...owners] = await others(world, SIGNERS + 20);
  if (first === undefined) throw new Error('The sample roll has no owners');
  world.clock.set(onDay(world, -12, 20));
  const { id } = await world.get(PetitionsService).start(
    first,
    estateId,
    {
      kind: 'MEETING',
      title: '要求审计电梯维修支出',
      text: '这两年电梯修了很多次，钱花在哪里说不清。请召开临时会议，决定委托第三方审计电梯维修的全部支出。',
      matter: 9,
      membershipIds: [],
    },
    'demo-petition-start-0000',
  );
  const start = onDay(world, -12, 20);
  const every = Math.floor((10 * DAY_MS) / SIGNERS);
  for (const [index, owner] of owners.slice(0, SIGNERS).entries()) {
    world.clock.set(start + HOUR_MS + index * every);
    await world.get(SignPetitionService).sign(owner, estateId, id);
  }
}

/** Owners whom nobody of the role picker plays: those are left to whoever tries. */
async function others(world: World, count: number): Promise<Caller[]> {
  const played = new Set(world.people.values());
  return (await world.owners(count)).filter(({ personId }) => !played.has(personId));
}

function onDay(world: World, day: number, hour: number): Instant {
  return timeOfDay(addDays(shanghaiDate(world.now), day), hour, 0);
}
