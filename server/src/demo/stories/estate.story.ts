import { mayReachArea, type MembershipRole, type OrganisationKind } from '@linli/shared/identity';
import { addDays, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import { OnboardingService, RollImportsService } from '../../features/estate/index.ts';
import { PersonsRepository } from '../../features/identity/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import type { RoleKey, World } from '../world.ts';

interface Office {
  readonly role: RoleKey;
  readonly name: string;
  readonly phone: string;
  readonly as: MembershipRole;
}

/** Organisations of the sample estate and who works there; people and numbers are invented. */
const ORGANISATIONS: readonly {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly phone: string;
  readonly offices: readonly Office[];
}[] = [
  {
    kind: 'OPERATOR',
    name: '邻里公开平台',
    phone: '0994-7200100',
    offices: [{ role: 'operator', name: '平台管理员', phone: '19900008000', as: 'OPERATOR' }],
  },
  {
    kind: 'COMMITTEE',
    name: '康宁家园业主委员会',
    phone: '0994-7200120',
    offices: [
      { role: 'chair', name: '周建国', phone: '19900008001', as: 'COMMITTEE_CHAIR' },
      { role: 'treasurer', name: '陈玉芬', phone: '19900008002', as: 'COMMITTEE_TREASURER' },
      { role: 'member', name: '马晓东', phone: '19900008003', as: 'COMMITTEE_MEMBER' },
    ],
  },
  {
    kind: 'COMPANY',
    name: '奇台县安泰物业服务有限公司',
    phone: '0994-7200130',
    offices: [
      { role: 'manager', name: '赵立新', phone: '19900008004', as: 'COMPANY_MANAGER' },
      { role: 'clerk', name: '李娜', phone: '19900008005', as: 'COMPANY_CLERK' },
    ],
  },
  {
    kind: 'COMMUNITY',
    name: '东关社区居民委员会',
    phone: '0994-7200140',
    offices: [{ role: 'community', name: '古丽', phone: '19900008006', as: 'COMMUNITY_OFFICER' }],
  },
  {
    kind: 'STREET',
    name: '奇台镇人民政府',
    phone: '0994-7200101',
    offices: [{ role: 'street', name: '王海峰', phone: '19900008007', as: 'STREET_OFFICER' }],
  },
  {
    kind: 'DEPARTMENT',
    name: '奇台县消防救援大队',
    phone: '0994-7200104',
    offices: [{ role: 'department', name: '杨帆', phone: '19900008008', as: 'DEPARTMENT_OFFICER' }],
  },
  {
    kind: 'BUREAU',
    name: '奇台县住房和城乡建设局',
    phone: '0994-7200102',
    offices: [{ role: 'bureau', name: '孙丽', phone: '19900008009', as: 'BUREAU_OFFICER' }],
  },
];

const JOINED_DAYS_AGO = 400;
/** The books of the samples begin with 2026: whoever keeps them is in office by then, however late the demo is made. */
const JOINED_AT_LATEST = '2026-01-05';

/** The estate joins: organisations, people in office, and the roll through the import that users use. */
export async function tellEstate(world: World): Promise<void> {
  const lately = addDays(shanghaiDate(world.now), -JOINED_DAYS_AGO);
  const joinedOn = lately < JOINED_AT_LATEST ? lately : JOINED_AT_LATEST;
  world.clock.set(timeOfDay(joinedOn, 10, 0));
  const onboarding = world.get(OnboardingService);
  world.estateId = await onboarding.addEstate('SYSTEM', {
    name: '康宁家园',
    regionCode: 'qitai',
    address: '新疆昌吉州奇台县奇台镇东关街 88 号',
    spendVoteThresholdFen: 500_000,
  });
  await fillOffices(world, joinedOn);
  await importRoll(world, await world.caller('treasurer'));
  // The fourth home of the roll has two owners.
  const [owner, , owner3, owner2] = await world.owners(4);
  for (const [role, caller] of [
    ['owner', owner],
    ['owner2', owner2],
    ['owner3', owner3],
  ] as const)
    if (caller !== undefined) world.people.set(role, caller.personId);
}

async function fillOffices(world: World, joinedOn: string): Promise<void> {
  const onboarding = world.get(OnboardingService);
  const persons = world.get(PersonsRepository);
  const members: { organisationId: string; estateId: string | null; office: Office; personId: string }[] = [];
  for (const { kind, name, phone, offices } of ORGANISATIONS) {
    const estateIds = kind === 'OPERATOR' ? [] : [world.estateId];
    const organisationId = await onboarding.addOrganisation('SYSTEM', { kind, name, phone, estateIds });
    for (const office of offices) {
      const personId = await world.database.transaction((tx) =>
        persons.create(tx, { name: office.name, phone: office.phone }),
      );
      world.people.set(office.role, personId);
      members.push({
        organisationId,
        estateId: mayReachArea(kind) ? null : world.estateId,
        office,
        personId,
      });
    }
  }
  const personOf = (role: RoleKey) => world.people.get(role) ?? '';
  for (const { organisationId, estateId, office, personId } of members) {
    // The operator proposes, the street confirms; whoever is concerned never confirms themselves.
    const confirmedBy = personId === personOf('street') ? personOf('bureau') : personOf('street');
    await onboarding.addMembership('SYSTEM', {
      personId,
      organisationId,
      estateId,
      role: office.as,
      startsOn: joinedOn,
      endsOn: addDays(shanghaiDate(world.now), 5 * 365 - JOINED_DAYS_AGO),
      grantedBy: personId === personOf('operator') ? personOf('bureau') : personOf('operator'),
      confirmedBy,
    });
  }
}

async function importRoll(world: World, treasurer: Caller): Promise<void> {
  const imports = world.get(RollImportsService);
  const file = { name: 'roll.xlsx', body: world.sample('roll.xlsx') };
  const started = await imports.upload(treasurer, world.estateId, file);
  await world.settle();
  const ready = await imports.read(world.estateId, started.id);
  if (ready.preview === null) throw new Error(`The sample roll is ${ready.state}`);
  const { rollVersion, added, changed, removed } = ready.preview;
  await imports.apply(treasurer, world.estateId, ready.id, { rollVersion, added, changed, removed });
}
