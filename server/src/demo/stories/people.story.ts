import { addDays, DAY_MS, HOUR_MS, shanghaiDate, timeOfDay } from '@linli/shared/kernel';
import type { InviteRequest, ResidencyKind } from '@linli/shared/identity';
import {
  ClaimsService,
  DecideClaimService,
  InvitationsService,
  MembershipsService,
  PersonsRepository,
  SessionsService,
} from '../../features/identity/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import { FilesService } from '../../kernel/files/index.ts';
import type { World } from '../world.ts';

interface Claimant {
  readonly name: string;
  readonly phone: string;
  readonly kind: ResidencyKind;
  readonly note: string;
  readonly daysAgo: number;
  readonly leaseDays?: number;
  /** Which home, counted from the end of the roll. */
  readonly home: number;
  readonly outcome?: { readonly approve: boolean; readonly reason: string };
}

/** Invented people. One claims as an owner under the name that the roll has. */
const CLAIMANTS: readonly Claimant[] = [
  {
    name: '',
    phone: '19900009101',
    kind: 'OWNER',
    note: '换了手机号，名册上还是旧号码。',
    daysAgo: 2,
    home: 3,
  },
  {
    name: '刘敏',
    phone: '19900009102',
    kind: 'TENANT',
    note: '租到明年夏天，合同在照片里。',
    daysAgo: 1,
    leaseDays: 240,
    home: 11,
  },
  { name: '阿依古丽', phone: '19900009103', kind: 'FAMILY', note: '和父母同住。', daysAgo: 0, home: 19 },
  {
    name: '何军',
    phone: '19900009104',
    kind: 'OWNER',
    note: '去年买的房，还没有过户。',
    daysAgo: 9,
    home: 27,
    outcome: { approve: false, reason: '名册上的业主不是您，过户后请带不动产权证再来认领。' },
  },
  {
    name: '田蕊',
    phone: '19900009105',
    kind: 'FAMILY',
    note: '户口本在照片里。',
    daysAgo: 12,
    home: 35,
    outcome: { approve: true, reason: '' },
  },
];

const TENANT = { name: '吴强', phone: '19900009001' };
const FAMILY = { name: '陈晓梅', phone: '19900009002' };
const LEASE_DAYS = 300;

/** Who lives where: a tenant and family who were invited, claims in every state, an office that waits for its second person. */
export async function tellPeople(world: World): Promise<void> {
  await invite(world, 'tenant', TENANT, { kind: 'TENANT', endsAt: world.now + LEASE_DAYS * DAY_MS });
  await invite(world, 'family', FAMILY, { kind: 'FAMILY', endsAt: null });
  // From the end of the roll: the owners at its head have accounts, and vote in the other stories.
  const homes = await world.database.rows<{ unit_id: string; owner_id: string }>(
    `SELECT s.unit_id, s.owner_id FROM units u JOIN ownerships s ON s.unit_id = u.id JOIN owners o ON o.id = s.owner_id
     WHERE u.estate_id = ? AND u.unit_use = 'HOME' AND u.active = 1 AND u.status = 'DELIVERED' AND s.position = 0
       AND o.person_id IS NULL ORDER BY u.sort_order DESC, u.id LIMIT 60`,
    [world.estateId],
  );
  for (const claimant of CLAIMANTS) {
    const home = homes[claimant.home];
    if (home !== undefined) await tellClaim(world, claimant, home.unit_id, home.owner_id);
  }
  await proposeClerk(world);
  world.clock.set(null);
}

async function invite(
  world: World,
  role: 'family' | 'tenant',
  person: { readonly name: string; readonly phone: string },
  request: InviteRequest,
): Promise<void> {
  const invitedOn = addDays(shanghaiDate(world.now), -60);
  world.clock.set(timeOfDay(invitedOn, 19, 30));
  const owner = await world.caller('owner');
  const home = owner.grants.find(({ role }) => role === 'OWNER');
  if (home === undefined || home.unitId === null) throw new Error('The owner of the demo owns nothing');
  const invitations = world.get(InvitationsService);
  const { code } = await invitations.invite(owner, home.unitId, request, keyOf(`invite-${role}`));
  world.people.set(role, await account(world, person));
  world.clock.set(timeOfDay(invitedOn, 20, 10));
  await invitations.accept(await world.caller(role), code, keyOf(`accept-${role}`));
}

async function tellClaim(world: World, claimant: Claimant, unitId: string, ownerId: string): Promise<void> {
  const at = Math.min(
    timeOfDay(addDays(shanghaiDate(world.now), -claimant.daysAgo), 9, 20),
    world.now - HOUR_MS,
  );
  world.clock.set(at);
  const name = claimant.name === '' ? await ownerName(world, ownerId) : claimant.name;
  const caller = await signedIn(world, await account(world, { name, phone: claimant.phone }));
  const photos = [claimant.home, claimant.home + 1];
  const evidenceFileIds: string[] = [];
  for (const seed of photos) evidenceFileIds.push(await upload(world, caller, seed));
  const { id } = await world.get(ClaimsService).submit(
    caller,
    world.estateId,
    {
      unitId,
      kind: claimant.kind,
      realName: name,
      note: claimant.note,
      evidenceFileIds,
      endsAt: claimant.leaseDays === undefined ? null : world.now + claimant.leaseDays * DAY_MS,
    },
    keyOf(`claim-${claimant.home}`),
  );
  if (claimant.outcome === undefined) return;
  world.clock.set(at + 26 * HOUR_MS);
  await world
    .get(DecideClaimService)
    .decide(await world.caller('community'), world.estateId, id, claimant.outcome);
}

/** The manager wants a second clerk; the community has not confirmed yet. */
async function proposeClerk(world: World): Promise<void> {
  const today = shanghaiDate(world.now);
  world.clock.set(world.now - 2 * HOUR_MS);
  const phone = '19900009201';
  await account(world, { name: '郭燕', phone });
  const manager = await world.caller('manager');
  const [organisationId] = manager.organisationsIn(world.estateId);
  if (organisationId === undefined) throw new Error('The manager works for nobody');
  await world.get(MembershipsService).propose(
    manager,
    world.estateId,
    {
      organisationId,
      role: 'COMPANY_CLERK',
      phone,
      startsOn: today,
      endsOn: addDays(today, 3 * 365),
    },
    keyOf('clerk'),
  );
}

async function ownerName(world: World, ownerId: string): Promise<string> {
  const owner = await world.database.row<{ name_sealed: string }>(
    'SELECT name_sealed FROM owners WHERE id = ?',
    [ownerId],
  );
  const place = { table: 'owners', column: 'name_sealed', rowId: ownerId };
  return world.get(FieldCipher).open(owner?.name_sealed ?? '', place);
}

async function signedIn(world: World, personId: string): Promise<Caller> {
  const sessions = world.get(SessionsService);
  const token = await world.database.transaction((tx) => sessions.open(tx, personId, '微信 · iPhone'));
  const caller = await sessions.find(token);
  if (caller === null) throw new Error('A session that was just opened is not found');
  return caller;
}

function account(world: World, person: { readonly name: string; readonly phone: string }): Promise<string> {
  return world.database.transaction((tx) => world.get(PersonsRepository).create(tx, person));
}

async function upload(world: World, caller: Caller, seed: number): Promise<string> {
  const body = await world.photo(seed);
  const kept = await world
    .get(FilesService)
    .keep(caller, { purpose: 'CLAIM_EVIDENCE', name: `证明-${seed}.jpg`, body });
  return kept.id;
}

function keyOf(action: string): string {
  return `demo-people-${action}`.padEnd(24, '-');
}
