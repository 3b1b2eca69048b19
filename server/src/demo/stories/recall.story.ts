import {
  type AssemblyDraftRequest,
  type Choice,
  COUNTING_GRACE_MS,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import type { MembershipRole, OrganisationKind } from '@linli/shared/identity';
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
  CastBallotService,
  ConveneService,
  DraftService,
  ElectionsService,
  GrantMandateService,
  OfficesService,
  PetitionsService,
  ReadAssemblyService,
  SignPetitionService,
} from '../../features/assembly/index.ts';
import { OnboardingService, RollImportsService } from '../../features/estate/index.ts';
import { MembershipsService, ReadMembershipsService } from '../../features/identity/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import type { RoleKey, World } from '../world.ts';
import { tellParking } from './parking.story.ts';

/** Owners of the small estate, in the order of its roll; invented. The last cannot decide alone and has no account. */
const OWNERS = [
  '何志远',
  '沈丽',
  '顾明',
  '阿不都热依木·买买提',
  '罗佳',
  '许文斌',
  '唐晓燕',
  '梁伟',
  '董雪',
  '宋涛',
  '邓玉兰',
  '冯建军',
  '林桂英',
] as const;
const PHONE = (index: number) => String(19_900_008_101 + index);
const PLAYED: Partial<Record<number, RoleKey>> = {
  0: 'recalled',
  1: 'successor',
  9: 'agent',
  10: 'voter',
  11: 'grantor',
};
const OFFICERS: readonly {
  readonly role: RoleKey;
  readonly kind: OrganisationKind;
  readonly organisation: string;
  readonly name: string;
  readonly phone: string;
  readonly as: MembershipRole;
}[] = [
  {
    role: 'community2',
    kind: 'COMMUNITY',
    organisation: '西关社区居民委员会',
    name: '热娜',
    phone: '19900008151',
    as: 'COMMUNITY_OFFICER',
  },
  {
    role: 'street2',
    kind: 'STREET',
    organisation: '西关街道办事处',
    name: '秦川',
    phone: '19900008152',
    as: 'STREET_OFFICER',
  },
];

/**
 * A small estate beside 康宁家园, on whose meetings nothing else of the demo depends: a committee was elected, two left
 * it, the chair was recalled last week and hands over; a by-election and a meeting are voted on now. Its owners park on
 * common ground and pay for it by WeChat.
 */
export async function tellRecall(world: World): Promise<void> {
  const place = await Place.join(world);
  await electCommittee(place);
  await beginByElection(place);
  await recallChair(place);
  await place.vote(place.byElection, [1, 2, 5], (candidate, voter) =>
    candidate === voter % 4 || candidate === 3 ? 'FOR' : null,
  );
  await tellGate(place);
  await tellParking(place);
  world.clock.set(null);
}

/** The estate with its people, as the stories below act in it. */
class Place {
  committeeId = '';
  byElection = '';
  private readonly ownerIds: string[] = [];

  private constructor(
    readonly world: World,
    readonly estateId: string,
  ) {}

  static async join(world: World): Promise<Place> {
    world.clock.set(dayOf(world, -300, 10));
    const onboarding = world.get(OnboardingService);
    const estateId = await onboarding.addEstate('SYSTEM', {
      name: '梧桐里',
      regionCode: 'qitai',
      address: '新疆昌吉州奇台县奇台镇西关路 12 号',
      spendVoteThresholdFen: 300_000,
    });
    const place = new Place(world, estateId);
    const estateIds = [estateId];
    place.committeeId = await onboarding.addOrganisation('SYSTEM', {
      kind: 'COMMITTEE',
      name: '梧桐里业主委员会',
      phone: '0994-7200160',
      estateIds,
    });
    for (const { role, kind, organisation: name, phone, as, name: person } of OFFICERS) {
      const organisationId = await onboarding.addOrganisation('SYSTEM', {
        kind,
        name,
        phone: '0994-7200161',
        estateIds,
      });
      const personId = await world.signUp({ name: person, phone });
      world.people.set(role, personId);
      await place.appoint(personId, organisationId, as);
    }
    await place.importRoll();
    await place.signUpOwners();
    return place;
  }

  owner(index: number): Promise<Caller> {
    return this.world.callerOf(this.ownerIds[index] ?? '');
  }

  at(day: number, hour: number): Instant {
    const instant = dayOf(this.world, day, hour);
    this.world.clock.set(instant);
    return instant;
  }

  date(day: number): string {
    return addDays(shanghaiDate(this.world.now), day);
  }

  appoint(personId: string, organisationId: string, role: MembershipRole): Promise<string> {
    const { world, estateId } = this;
    return world.get(OnboardingService).addMembership('SYSTEM', {
      personId,
      organisationId,
      estateId,
      role,
      startsOn: shanghaiDate(world.clock.now()),
      endsOn: this.date(4 * 365),
      grantedBy: world.people.get('operator') ?? '',
      confirmedBy: world.people.get('bureau') ?? '',
    });
  }

  /** A drafted meeting gets its dates and its notice, eighteen days before voting opens. */
  async notify(caller: Caller, assemblyId: string, openDay: number, days: number): Promise<void> {
    const { world, estateId } = this;
    const drafts = world.get(DraftService);
    const draft = await drafts.read(estateId, assemblyId);
    const noticeDay = openDay - 18;
    this.at(noticeDay, 9);
    const opensAt = dayOf(world, openDay, 9);
    const dates = {
      objectionsUntil: endOfDay(this.date(noticeDay + 10)),
      opensAt,
      closesAt: opensAt + days * DAY_MS + 11 * HOUR_MS,
      residentsCommitteeInformedOn: this.date(noticeDay),
    };
    const { title, summary, motions, version } = draft;
    const kept = motions.map(({ id, matter, title: name, text, scope, amountLimitFen }) => ({
      ...(id === undefined ? {} : { id }),
      matter,
      title: name,
      text,
      scope,
      amountLimitFen,
    }));
    const plan = {
      title,
      summary,
      motions: kept,
      materialFileIds: [],
      opinionsUntil: null,
      version,
      ...dates,
    };
    await drafts.save(caller, estateId, assemblyId, plan);
    await world.get(ConveneService).notify(caller, estateId, assemblyId);
  }

  /** These owners vote within the first hours; null leaves a motion out. */
  async vote(
    assemblyId: string,
    voters: readonly number[],
    choose: (motion: number, voter: number) => Choice | null,
  ): Promise<void> {
    const { world, estateId } = this;
    const reading = world.get(ReadAssemblyService);
    const { opensAt } = await reading.detail(await this.owner(1), estateId, assemblyId);
    for (const voter of voters) {
      world.clock.set((opensAt ?? 0) + (voter + 1) * HOUR_MS);
      await world.settle();
      const owner = await this.owner(voter);
      const { mine, motions } = await reading.detail(owner, estateId, assemblyId);
      const votes = motions.flatMap(({ id }, motion) => {
        const choice = choose(motion, voter);
        return choice === null ? [] : [{ motionId: id, choice }];
      });
      const request = { principalId: mine[0]?.principalId ?? '', votes, confirmed: true } as const;
      const key = `demo-wutong-${assemblyId.slice(-8)}-${voter}`;
      await world.get(CastBallotService).cast(owner, estateId, assemblyId, request, key);
    }
  }

  /** To the deadline and through the count, as the clock would have it. */
  async count(assemblyId: string): Promise<void> {
    const { closesAt } = await this.world
      .get(ReadAssemblyService)
      .detail(await this.owner(1), this.estateId, assemblyId);
    this.world.clock.set((closesAt ?? 0) + COUNTING_GRACE_MS);
    await this.world.settle();
  }

  private async importRoll(): Promise<void> {
    const { world, estateId } = this;
    const rows = OWNERS.map((name, index) =>
      [
        '1号楼',
        `${1 + (index % 2)}单元`,
        `${1 + Math.floor(index / 2)}0${1 + (index % 2)}`,
        '96.50',
        name,
        PHONE(index),
      ].join(),
    );
    const body = Buffer.from(['楼栋,单元,房号,专有部分面积,产权人,联系电话', ...rows].join('\n'));
    const street = await world.caller('street2');
    const imports = world.get(RollImportsService);
    const started = await imports.upload(street, estateId, { name: 'roll.csv', body });
    await world.settle();
    const { id, state, preview } = await imports.read(estateId, started.id);
    if (preview === null) throw new Error(`The roll of 梧桐里 is ${state}`);
    const { rollVersion, added, changed, removed } = preview;
    await imports.apply(street, estateId, id, { rollVersion, added, changed, removed });
  }

  private async signUpOwners(): Promise<void> {
    const { world } = this;
    for (const [index, name] of OWNERS.slice(0, -1).entries()) {
      const personId = await world.signUp({ name, phone: PHONE(index) });
      this.ownerIds.push(personId);
      const role = PLAYED[index];
      if (role !== undefined) world.people.set(role, personId);
    }
    // Her mother owns a home here; she lives elsewhere.
    world.people.set('daughter', await world.signUp({ name: '林静', phone: '19900008153' }));
  }
}

const CONDITIONS = '本小区业主，遵守管理规约，按时交纳物业费，有时间和热心为大家服务。';

/** Seven stand for five seats: five are elected, the sixth is an alternate, the seventh lacks the majority. */
async function electCommittee(place: Place): Promise<void> {
  const { world, estateId } = place;
  const street = await world.caller('street2');
  place.at(-298, 9);
  const electionId = await nominate(place, street, {
    kind: 'GENERAL',
    seats: 5,
    startsOn: place.date(-250),
    days: [-292, -286],
    candidates: [0, 1, 2, 3, 4, 5, 6],
  });
  const assemblyId = await assemble(place, street, electionId, [-291, -285]);
  await place.notify(street, assemblyId, -266, 3);
  const everybody = OWNERS.slice(0, -1).map((_, index) => index);
  // Each leaves out one of the first four, and gives the fifth choice to one of the last two.
  await place.vote(assemblyId, everybody, (candidate, voter) => {
    const chosen = [0, 1, 2, 3].filter((one) => one !== voter % 4);
    if (voter !== 11) chosen.push(4);
    chosen.push(voter < 8 ? 5 : 6);
    return chosen.includes(candidate) ? 'FOR' : null;
  });
  await place.count(assemblyId);
  place.at(-260, 10);
  const community = await world.caller('community2');
  await world.get(OfficesService).propose(community, estateId, electionId);
  const offices = await world.get(ReadMembershipsService).list(street, estateId, { limit: 50 });
  for (const { id, confirmed } of offices.items)
    if (!confirmed) await world.get(MembershipsService).confirm(street, estateId, id);
  place.at(-249, 10);
  await place.appoint((await place.owner(0)).personId, place.committeeId, 'COMMITTEE_CHAIR');
}

/** Two members move away; four stand for their seats, and it is voted now. */
async function beginByElection(place: Place): Promise<void> {
  const { world, estateId } = place;
  place.at(-60, 20);
  for (const index of [2, 3]) {
    const leaving = await place.owner(index);
    const { items } = await world.get(ReadMembershipsService).list(leaving, estateId, { limit: 50 });
    for (const { id, personName } of items)
      if (personName === OWNERS[index]) await world.get(MembershipsService).end(leaving, estateId, id);
  }
  place.at(-50, 9);
  const chair = await place.owner(0);
  const electionId = await nominate(place, chair, {
    kind: 'BY_ELECTION',
    seats: 2,
    startsOn: place.date(20),
    days: [-45, -38],
    candidates: [5, 6, 7, 8],
  });
  place.byElection = await assemble(place, chair, electionId, [-44, -37]);
  await place.notify(chair, place.byElection, -2, 7);
}

/** A fifth of the owners asked for it, and the owners decided it last week. */
async function recallChair(place: Place): Promise<void> {
  const { world, estateId } = place;
  const petitions = world.get(PetitionsService);
  place.at(-48, 20);
  const { members } = await petitions.options(estateId);
  const chair = members.find(({ name }) => name === OWNERS[0]);
  const { id } = await petitions.start(
    await place.owner(7),
    estateId,
    {
      kind: 'RECALL',
      title: '提议罢免业委会主任',
      text: '主任连续两个季度没有公布公共收益的收支，业主多次书面要求，至今没有答复。',
      matter: 3,
      membershipIds: [chair?.membershipId ?? ''],
    },
    'demo-wutong-recall-0000',
  );
  for (const index of [8, 10])
    await world.get(SignPetitionService).sign(await place.owner(index), estateId, id);
  const member = await place.owner(1);
  const { assemblyId } = await petitions.convene(member, estateId, id);
  await place.notify(member, assemblyId, -11, 3);
  await place.vote(assemblyId, [1, 2, 4, 5, 6, 7, 8, 9, 10, 11], (_, voter) =>
    voter === 4 ? 'AGAINST' : 'FOR',
  );
  await place.count(assemblyId);
}

/** Two things that are voted now, with a mandate that an owner gave. */
async function tellGate(place: Place): Promise<void> {
  const { world, estateId } = place;
  const member = await place.owner(1);
  place.at(-21, 9);
  const motion = (title: string, text: string, amountLimitFen: number | null) => ({
    matter: 9 as const,
    title,
    text,
    scope: WHOLE_ESTATE,
    amountLimitFen,
  });
  const request: AssemblyDraftRequest = {
    title: '大门和健身角改造',
    summary: '大门车闸老化，健身角的器材坏了一半，请大家决定修不修、花多少钱。',
    motions: [
      motion('更换大门车闸', '从公共收益中支出不超过 28,000 元，更换大门的车闸和车牌识别。', 2_800_000),
      motion(
        '健身角换新器材',
        '从公共收益中支出不超过 15,000 元，拆除损坏的器材，换上适合老人的。',
        1_500_000,
      ),
    ],
    materialFileIds: [],
    opinionsUntil: null,
    objectionsUntil: null,
    opensAt: null,
    closesAt: null,
    residentsCommitteeInformedOn: null,
  };
  const { id } = await world.get(DraftService).create(member, estateId, request, 'demo-wutong-gate-0000');
  await place.notify(member, id, -2, 7);
  await place.vote(id, [1, 2, 5], () => 'FOR');
  const grantor = await world.caller('grantor');
  const { mine, motions } = await world.get(ReadAssemblyService).detail(grantor, estateId, id);
  await world.get(GrantMandateService).grant(grantor, estateId, id, {
    principalId: mine[0]?.principalId ?? '',
    agentPhone: PHONE(OWNERS.indexOf('宋涛')),
    motionIds: null,
    instructions: motions.slice(0, 1).map((first) => ({ motionId: first.id, choice: 'AGAINST' })),
  });
}

interface Nomination {
  readonly kind: 'GENERAL' | 'BY_ELECTION';
  readonly seats: number;
  readonly startsOn: string;
  /** The last days of the nominations and of the objections. */
  readonly days: readonly [number, number];
  readonly candidates: readonly number[];
}

async function nominate(place: Place, caller: Caller, facts: Nomination): Promise<string> {
  const { world, estateId } = place;
  const { kind, seats, startsOn, days, candidates } = facts;
  const { id } = await world.get(ElectionsService).start(
    caller,
    estateId,
    {
      kind,
      seats,
      termYears: 5,
      startsOn,
      conditions: CONDITIONS,
      nominationsUntil: endOfDay(place.date(days[0])),
      objectionsUntil: endOfDay(place.date(days[1])),
    },
    `demo-wutong-${kind}-0000`,
  );
  for (const index of candidates) {
    // One after the other, which is their order on the list.
    world.clock.set(world.clock.now() + HOUR_MS);
    const owner = await place.owner(index);
    const key = `demo-wutong-${kind}-candidate-${index}`;
    const statement = STATEMENTS[index] ?? '愿意为大家服务。';
    await world.get(CandidatesService).nominate(owner, estateId, id, { statement }, key);
  }
  return id;
}

const STATEMENTS = [
  '做了十年工程管理，懂维修和招标。',
  '小区住了八年，周末都在，愿意跑腿。',
  '银行退休，账目我来看着。',
  '开货车的，早晚都在小区，哪里坏了我先看到。',
  '幼儿园老师，想把健身角和花园弄好。',
  '会计，愿意每个季度把收支讲给大家听。',
  '做电工的，路灯和门禁我能看懂报价。',
  '退伍军人，夜里愿意参加巡逻。',
  '在社区做志愿者，老人的事找我。',
] as const;

async function assemble(
  place: Place,
  caller: Caller,
  electionId: string,
  [listDay, assembleDay]: readonly [number, number],
): Promise<string> {
  const elections = place.world.get(ElectionsService);
  place.at(listDay, 9);
  await elections.post(caller, place.estateId, electionId);
  place.at(assembleDay, 9);
  const { assemblyId } = await elections.assemble(caller, place.estateId, electionId);
  return assemblyId;
}

function dayOf(world: World, day: number, hour: number): Instant {
  return timeOfDay(addDays(shanghaiDate(world.now), day), hour, 0);
}
