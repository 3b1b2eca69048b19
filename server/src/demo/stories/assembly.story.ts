import {
  type AssemblyDraftRequest,
  type Choice,
  COUNTING_GRACE_MS,
  type MotionDraftRequest,
  type RegisterDecisionRequest,
  type SpendPurpose,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import {
  addDays,
  type CalendarDate,
  DAY_MS,
  endOfDay,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  shanghaiDate,
  timeOfDay,
} from '@linli/shared/kernel';
import {
  CastBallotService,
  ConveneService,
  DecisionsService,
  DelegatesService,
  DraftService,
  FollowUpService,
  OpinionsService,
  ReadAssemblyService,
} from '../../features/assembly/index.ts';
import { PersonsRepository } from '../../features/identity/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { World } from '../world.ts';
import { followDecided, sendAgents } from './follow-up.story.ts';
import { type PaperStory, tellDelivery, tellRefusedPapers, tellWaitingPapers } from './papers.ts';

interface OldDecision extends Omit<RegisterDecisionRequest, 'scanFileId'> {
  /** What may be spent under it, where anything may. */
  readonly purposes?: readonly SpendPurpose[];
}

/** Decided on paper before the estate joined; the contracts and the spends of the public income cite them. */
const OLD_DECISIONS: readonly OldDecision[] = [
  {
    number: '业主大会2024-1-3',
    decidedOn: '2024-05-18',
    matter: 8,
    voteClass: 'SPECIAL',
    title: '利用共有部分经营：电梯广告和场地出租',
    purpose: '同意在电梯轿厢设置广告，并出租小区入口场地作临时展位，收益归全体业主。',
    amountLimitFen: null,
  },
  {
    number: '业主大会2024-1-4',
    decidedOn: '2024-05-18',
    matter: 8,
    voteClass: 'SPECIAL',
    title: '地面共有车位出租',
    purpose: '同意出租占用共有道路的地面车位，收益归全体业主，收费标准由业主大会决定。',
    amountLimitFen: null,
  },
  {
    number: '业主大会2025-1-1',
    decidedOn: '2025-06-07',
    matter: 9,
    voteClass: 'ORDINARY',
    title: '公共收益补充维修资金',
    purpose: '同意每季度从公共收益中补充维修资金，总额不超过 500,000 元。',
    amountLimitFen: 50_000_000,
    purposes: ['FUND_TOPUP'],
  },
  {
    number: '业主大会2025-1-2',
    decidedOn: '2025-06-07',
    matter: 8,
    voteClass: 'SPECIAL',
    title: '设置快递柜和自动售货机',
    purpose: '同意在一号楼东侧设置快递柜和自动售货机，场地费归全体业主。',
    amountLimitFen: null,
  },
  {
    number: '业主大会2026-1-2',
    decidedOn: '2026-03-14',
    matter: 9,
    voteClass: 'ORDINARY',
    title: '绿化补植和养护',
    purpose: '同意用公共收益补植枯死的树木和草坪并养护，总额不超过 40,000 元。',
    amountLimitFen: 4_000_000,
    purposes: ['GREENING'],
  },
  {
    number: '业主大会2026-1-3',
    decidedOn: '2026-03-14',
    matter: 9,
    voteClass: 'ORDINARY',
    title: '每年委托审计公共收益',
    purpose: '从 2024 年度起，公共收益每年由会计师事务所审计一次，结果向全体业主公示。',
    amountLimitFen: null,
  },
];

const DELEGATE_PHONE = '19900008011';

/** How the owners lean on each motion, in the order of the agenda. */
type Leaning = (voter: number) => readonly Choice[];

/**
 * The assembly's past and present: old decisions registered by two members, a meeting that decided, one that lacked
 * its quorum, one that is being voted, and one whose motions are still discussed.
 */
export async function tellAssembly(world: World): Promise<void> {
  await registerOldDecisions(world);
  await tellDecided(world);
  await tellFailed(world);
  await tellRunning(world);
  await tellOpinions(world);
  world.clock.set(null);
}

async function registerOldDecisions(world: World): Promise<void> {
  // Before the first quarter whose contracts cite them was published, and not before the latest of them.
  world.clock.set(timeOfDay('2026-03-20', 10, 0));
  const decisions = world.get(DecisionsService);
  const treasurer = await world.caller('treasurer');
  const chair = await world.caller('chair');
  for (const [index, { purposes, ...decision }] of OLD_DECISIONS.entries()) {
    const scan = await world.get(FilesService).keep(treasurer, {
      purpose: 'DECISION_SCAN',
      name: `${decision.number}.jpg`,
      body: await world.photo(index + 40),
    });
    const registered = await decisions.register(
      treasurer,
      world.estateId,
      { ...decision, scanFileId: scan.id },
      `demo-decision-${index}-0000`,
    );
    await decisions.review(chair, world.estateId, registered.id, { approve: true, reason: '' });
    await world.get(FollowUpService).plan(chair, world.estateId, registered.id, {
      body: 'COMMITTEE',
      bodyName: '业委会',
      dueOn: addDays(shanghaiDate(world.now), 120),
      expiresOn: null,
      purposes: purposes ?? [],
      budgetYear: null,
      reason: '长期执行的决定，每年向业主说明一次执行情况',
    });
  }
}

async function tellDecided(world: World): Promise<void> {
  const assemblyId = await convene(world, {
    openDay: -105,
    days: 7,
    title: '夏季业主大会',
    summary: '物业合同年底到期，请大家决定是否续聘；另外决定电梯里要不要增加广告屏，以及更换单元门禁。',
    motions: [
      motion(4, '续聘奇台县安泰物业服务有限公司', '合同期满后续聘三年，收费标准不变，服务内容按现合同执行。'),
      motion(
        8,
        '在电梯厅增设广告屏',
        '在 12 部电梯的一层电梯厅各设一块广告屏，每年收益约 36,000 元，归全体业主。',
      ),
      motion(
        9,
        '用公共收益更换单元门禁',
        '从公共收益中支出不超过 86,000 元，更换 24 个单元的门禁主机和读卡器。',
        8_600_000,
      ),
    ],
  });
  const leaning: Leaning = (voter) => [
    voter % 10 < 7 ? 'FOR' : voter % 10 < 9 ? 'AGAINST' : 'ABSTAIN',
    voter % 10 < 6 ? 'FOR' : 'AGAINST',
    voter % 20 < 17 ? 'FOR' : 'AGAINST',
  ];
  const { opensAt, closesAt } = await scheduleOf(world, assemblyId);
  const papers = await tellDelivery(world, assemblyId, opensAt);
  await vote(world, assemblyId, 470, leaning, papers);
  await tellRefusedPapers(world, assemblyId, papers, closesAt);
  await finish(world, assemblyId);
  await followDecided(world, assemblyId);
}

async function tellFailed(world: World): Promise<void> {
  const assemblyId = await convene(world, {
    openDay: -50,
    days: 7,
    title: '电动车充电棚专题会议',
    summary: '飞线充电很危险，想在南墙边建一处充电棚。要占用一块绿地，需要大家一起决定。',
    motions: [
      motion(7, '在南墙边新建电动自行车充电棚', '占用绿地约 60 平方米，建 40 个充电位，费用由充电企业承担。'),
    ],
  });
  await vote(world, assemblyId, 210, (voter) => [voter % 4 === 0 ? 'AGAINST' : 'FOR']);
  await finish(world, assemblyId);
}

async function tellRunning(world: World): Promise<void> {
  const assemblyId = await convene(world, {
    openDay: -4,
    days: 7,
    title: '秋季业主大会',
    summary: '三项事情要大家定：动用维修资金修屋面防水、地面车位怎么收费、管理规约里的养犬约定。',
    motions: [
      motion(
        5,
        '动用维修资金修缮屋面防水',
        '对 1 至 6 号楼渗漏的屋面重做防水，预算 238,000 元，从维修资金列支，完工后审计并公示。',
        23_800_000,
      ),
      motion(8, '地面共有车位按月收费', '占用共有道路的 86 个地面车位，每月每位收 60 元，收益归全体业主。'),
      motion(
        2,
        '修改管理规约中的养犬约定',
        '增加：出门牵绳、及时清理粪便、电梯内抱起或戴嘴套；违反三次由业委会公示楼栋。',
      ),
    ],
    withMaterial: true,
  });
  await registerDelegate(world, assemblyId);
  const leaning: Leaning = (voter) => [
    voter % 10 < 8 ? 'FOR' : 'AGAINST',
    voter % 10 < 5 ? 'FOR' : voter % 10 < 8 ? 'AGAINST' : 'ABSTAIN',
    voter % 10 < 9 ? 'FOR' : 'AGAINST',
  ];
  const { opensAt } = await scheduleOf(world, assemblyId);
  const papers = await tellDelivery(world, assemblyId, opensAt);
  await vote(world, assemblyId, 330, leaning, papers);
  await tellWaitingPapers(world, assemblyId, papers, world.now - HOUR_MS);
  await sendAgents(world, assemblyId);
}

/** Who votes for the homes that are not sold yet; the ballot is left to whoever tries. */
async function registerDelegate(world: World, assemblyId: string): Promise<void> {
  world.clock.set(onDay(world, -5, 11));
  const personId = await world.database.transaction((tx) =>
    world.get(PersonsRepository).create(tx, { name: '孙建设', phone: DELEGATE_PHONE }),
  );
  world.people.set('delegate', personId);
  const community = await world.caller('community');
  const delegates = world.get(DelegatesService);
  const letter = await world
    .get(FilesService)
    .keep(community, { purpose: 'MATERIAL', name: '授权委托书.jpg', body: await world.photo(11) });
  const [developer] = await delegates.list(world.estateId, assemblyId);
  if (developer === undefined) throw new Error('The sample roll has no developer');
  await delegates.register(community, world.estateId, assemblyId, {
    principalId: developer.principalId,
    phone: DELEGATE_PHONE,
    letterFileId: letter.id,
  });
}

async function tellOpinions(world: World): Promise<void> {
  const chair = await world.caller('chair');
  world.clock.set(onDay(world, -2, 9));
  const plan = { ...blankPlan(), opinionsUntil: endOfDay(addDays(shanghaiDate(world.now), 9)) };
  const draft = await world.get(DraftService).create(
    chair,
    world.estateId,
    {
      ...plan,
      title: '公共收益使用计划',
      summary: '明年的公共收益怎么用，先听大家的意见，再正式列入议程。',
      motions: [
        motion(
          9,
          '明年公共收益使用计划',
          '计划用于路灯节能改造 40,000 元、健身器材更新 30,000 元，其余补充维修资金。',
        ),
        motion(
          9,
          '业委会工作经费',
          '从公共收益中列支业委会办公经费每年不超过 6,000 元，每季度公示明细。',
          600_000,
        ),
      ],
    },
    'demo-opinions-0000',
  );
  await world.get(ConveneService).askOpinions(chair, world.estateId, draft.id);
  world.clock.set(onDay(world, -1, 19));
  const owners = await world.owners(12);
  const said = [
    [0, 'AGREE', '同意，路灯早就该换了'],
    [1, 'DISAGREE', '经费应该再少一点，先用志愿者'],
    [0, 'CHANGE', '健身器材先修能修的，不用都换'],
    [1, 'AGREE', '该有经费，但是每季度要公示明细'],
  ] as const;
  for (const [index, owner] of owners.slice(3).entries()) {
    const [item, stance, text] = said[index % said.length] ?? said[0];
    const motionId = draft.motions[item]?.id ?? '';
    await world.get(OpinionsService).give(owner, world.estateId, draft.id, { motionId, stance, text });
  }
}

interface MeetingFacts {
  /** The day on which voting opens, counted from today. */
  readonly openDay: number;
  readonly days: number;
  readonly title: string;
  readonly summary: string;
  readonly motions: readonly MotionDraftRequest[];
  readonly withMaterial?: boolean;
}

/** Draft and notice by the chair, eighteen days before voting opens. */
async function convene(world: World, facts: MeetingFacts): Promise<string> {
  const chair = await world.caller('chair');
  const noticeDay = facts.openDay - 18;
  world.clock.set(onDay(world, noticeDay, 9));
  const opensAt = onDay(world, facts.openDay, 9);
  const materialFileIds = facts.withMaterial === true ? [await material(world, chair)] : [];
  const draft = await world.get(DraftService).create(
    chair,
    world.estateId,
    {
      ...blankPlan(),
      title: facts.title,
      summary: facts.summary,
      motions: facts.motions,
      materialFileIds,
      opensAt,
      closesAt: opensAt + facts.days * DAY_MS + 11 * HOUR_MS,
      objectionsUntil: endOfDay(dateOn(world, noticeDay + 10)),
      residentsCommitteeInformedOn: dateOn(world, noticeDay),
    },
    `demo-meeting-${facts.openDay}-0000`,
  );
  await world.get(ConveneService).notify(chair, world.estateId, draft.id);
  return draft.id;
}

async function material(world: World, chair: Caller): Promise<string> {
  const file = await world
    .get(FilesService)
    .keep(chair, { purpose: 'MATERIAL', name: '屋面渗漏现场照片.jpg', body: await world.photo(7) });
  return file.id;
}

/** The first owners vote, a few a quarter of an hour; the people of the role picker keep theirs for whoever tries. */
async function vote(
  world: World,
  assemblyId: string,
  count: number,
  leaning: Leaning,
  papers: PaperStory | null = null,
): Promise<void> {
  const reading = world.get(ReadAssemblyService);
  const ballots = world.get(CastBallotService);
  const chair = await world.caller('chair');
  const { opensAt, motions } = await reading.detail(chair, world.estateId, assemblyId);
  const played = new Set(world.people.values());
  const voters = (await world.owners(count)).filter((owner) => !played.has(owner.personId));
  const last = world.now - HOUR_MS;
  const start = (opensAt ?? 0) + HOUR_MS;
  world.clock.set(start);
  await world.settle();
  for (const [index, owner] of voters.entries()) {
    world.clock.set(Math.min(start + index * 12 * MINUTE_MS, last));
    const { mine } = await reading.detail(owner, world.estateId, assemblyId);
    const choices = leaning(index);
    for (const { principalId, canVote, ballot } of mine) {
      if (!canVote || ballot !== null) continue;
      // Every twentieth has no phone that can do it.
      if (papers !== null && index % 20 === 7) {
        await papers.vote(principalId, choices);
        continue;
      }
      const votes = motions.map(({ id }, n) => ({ motionId: id, choice: choices[n] ?? 'ABSTAIN' }));
      await ballots.cast(
        owner,
        world.estateId,
        assemblyId,
        { principalId, votes, confirmed: true },
        `demo-ballot-${assemblyId.slice(-8)}-${index}-${principalId.slice(-6)}`,
      );
    }
  }
}

/** To the deadline and through the count, as the clock would have it. */
async function finish(world: World, assemblyId: string): Promise<void> {
  const { closesAt } = await scheduleOf(world, assemblyId);
  world.clock.set(closesAt + COUNTING_GRACE_MS);
  await world.settle();
}

async function scheduleOf(
  world: World,
  assemblyId: string,
): Promise<{ readonly opensAt: Instant; readonly closesAt: Instant }> {
  const chair = await world.caller('chair');
  const detail = await world.get(ReadAssemblyService).detail(chair, world.estateId, assemblyId);
  return { opensAt: detail.opensAt ?? 0, closesAt: detail.closesAt ?? 0 };
}

function motion(
  matter: MotionDraftRequest['matter'],
  title: string,
  text: string,
  amountLimitFen: number | null = null,
): MotionDraftRequest {
  return { matter, title, text, scope: WHOLE_ESTATE, amountLimitFen };
}

function blankPlan(): AssemblyDraftRequest {
  return {
    title: '',
    summary: '',
    motions: [],
    materialFileIds: [],
    opinionsUntil: null,
    objectionsUntil: null,
    opensAt: null,
    closesAt: null,
    residentsCommitteeInformedOn: null,
  };
}

function dateOn(world: World, day: number): CalendarDate {
  return addDays(shanghaiDate(world.now), day);
}

function onDay(world: World, day: number, hour: number): Instant {
  return timeOfDay(dateOn(world, day), hour, 0);
}
