import type {
  EnterPaperRequest,
  Mark,
  PaperFault,
  PaperReturnDetail,
  PaperSlip,
} from '@linli/shared/assembly';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '@linli/shared/kernel';
import {
  DeliveriesService,
  EnterPaperService,
  IssueSlipsService,
  PaperDeskService,
  PaperObjectionsService,
  ReadReturnsService,
  ReceivePaperService,
} from '../../features/assembly/index.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import type { World } from '../world.ts';

/** Marks in the order of the agenda. */
export type Marks = readonly Mark[];

/** The paper desk of one meeting: 委员 takes in and reads, 社区 reads after it. */
export class PaperStory {
  private taps = 0;

  private constructor(
    private readonly world: World,
    private readonly assemblyId: string,
    private readonly member: Caller,
    private readonly community: Caller,
  ) {}

  /** Numbers for everybody, at the clock's time. */
  static async at(world: World, assemblyId: string): Promise<PaperStory> {
    const [member, community] = [await world.caller('member'), await world.caller('community')];
    await world.get(IssueSlipsService).issue(community, world.estateId, assemblyId);
    return new PaperStory(world, assemblyId, member, community);
  }

  /** All of them, by number. */
  async slips(): Promise<PaperSlip[]> {
    const all: PaperSlip[] = [];
    for (let after: string | null = '0'; after !== null;) {
      const page = await this.world
        .get(PaperDeskService)
        .list(this.world.estateId, this.assemblyId, { show: 'ALL', after, limit: 100 });
      all.push(...page.items);
      after = page.next;
    }
    return all;
  }

  /** Door to door; who was never there finds it posted, with a photo. */
  async deliver(handed: readonly PaperSlip[], posted: readonly PaperSlip[]): Promise<void> {
    const { world, assemblyId, community } = this;
    const deliveries = world.get(DeliveriesService);
    const deliveredAt = world.clock.now();
    const photo = await world
      .get(FilesService)
      .keep(community, { purpose: 'MATERIAL', name: '公告栏张贴.jpg', body: await world.photo(61) });
    for (let from = 0; from < handed.length; from += 100) {
      const slipIds = handed.slice(from, from + 100).map(({ id }) => id);
      const record = { slipIds, method: 'HANDED' as const, deliveredAt, note: '', fileIds: [] };
      await deliveries.record(community, world.estateId, assemblyId, record, this.tap());
    }
    const slipIds = posted.map(({ id }) => id);
    const note = '三次上门无人，张贴在单元门口';
    const record = { slipIds, method: 'POSTED' as const, deliveredAt, note, fileIds: [photo.id] };
    await deliveries.record(community, world.estateId, assemblyId, record, this.tap());
  }

  /** Somebody votes on paper and brings it. */
  async vote(principalId: string, marks: Marks): Promise<void> {
    const number = await this.world.get(PaperDeskService).numberOf(principalId);
    if (number !== null) await this.read(await this.receive(number), marks);
  }

  async receive(number: string): Promise<PaperReturnDetail> {
    const { world, assemblyId, member } = this;
    const request = { number, note: '', fileIds: [] };
    const id = await world
      .get(ReceivePaperService)
      .receive(member, world.estateId, assemblyId, request, this.tap());
    world.clock.set(world.clock.now() + MINUTE_MS);
    return world.get(ReadReturnsService).detail(member, world.estateId, assemblyId, id);
  }

  /** What the first reads, and what the second does where there was one. */
  async read(
    paper: PaperReturnDetail,
    first: Marks | PaperFault,
    second: Marks | PaperFault | null = first,
  ): Promise<void> {
    await this.enter(this.member, paper, first);
    if (second !== null) await this.enter(this.community, paper, second);
  }

  async object(owner: Caller, paper: PaperReturnDetail, text: string): Promise<void> {
    const where = { assemblyId: this.assemblyId, returnId: paper.id };
    await this.world.get(PaperObjectionsService).object(owner, this.world.estateId, where, text);
  }

  private async enter(reader: Caller, paper: PaperReturnDetail, seen: Marks | PaperFault): Promise<void> {
    const { world, assemblyId } = this;
    const body: EnterPaperRequest =
      typeof seen === 'string'
        ? { reason: seen, signers: [], marks: [] }
        : {
            reason: null,
            signers: paper.voters.map(({ id }) => id),
            marks: paper.motions.map(({ id }, index) => ({ motionId: id, mark: seen[index] ?? 'BLANK' })),
          };
    const where = { assemblyId, returnId: paper.id };
    await world.get(EnterPaperService).enter(reader, world.estateId, where, body, this.tap());
    world.clock.set(world.clock.now() + MINUTE_MS);
  }

  private tap(): string {
    this.taps += 1;
    return `demo-paper-${this.assemblyId.slice(-8)}-${String(this.taps).padStart(4, '0')}`;
  }
}

/** Numbers are given and taken door to door in the week before voting opens. */
export async function tellDelivery(world: World, assemblyId: string, opensAt: Instant): Promise<PaperStory> {
  world.clock.set(opensAt - 5 * DAY_MS);
  const story = await PaperStory.at(world, assemblyId);
  world.clock.set(opensAt - 3 * DAY_MS);
  const slips = await story.slips();
  await story.deliver(slips.slice(0, 200), slips.slice(200, 230));
  return story;
}

/** Papers that take no part: not signed, a copy, and two that come when the deadline is past. */
export async function tellRefusedPapers(
  world: World,
  assemblyId: string,
  story: PaperStory,
  closesAt: Instant,
): Promise<void> {
  world.clock.set(closesAt - 2 * HOUR_MS);
  const silent = await silentSlips(world, assemblyId, story);
  for (const { numberText } of silent.slice(0, 3))
    await story.read(await story.receive(numberText), 'UNSIGNED');
  for (const { numberText } of silent.slice(3, 4)) await story.read(await story.receive(numberText), 'COPY');
  world.clock.set(closesAt + SECOND_MS);
  for (const { numberText } of silent.slice(4, 6)) await story.receive(numberText);
}

/** The running meeting: a paper of each kind waits for somebody at the desk, and one owner objects. */
export async function tellWaitingPapers(
  world: World,
  assemblyId: string,
  story: PaperStory,
  at: Instant,
): Promise<void> {
  world.clock.set(at);
  const silent = await silentSlips(world, assemblyId, story);
  const [once = '', differing = '', unsigned = '', waiting = ''] = silent.map(({ numberText }) => numberText);
  await story.read(await story.receive(once), ['FOR', 'FOR', 'AGAINST'], null);
  await story.read(await story.receive(differing), ['FOR', 'FOR', 'FOR'], ['FOR', 'AGAINST', 'FOR']);
  await story.read(await story.receive(unsigned), 'UNSIGNED');
  await story.receive(waiting);
  const owner = await world.caller('owner3');
  const played = [...(await papersOfPlayers(world, assemblyId))];
  const mine = played.find(([, personId]) => personId === owner.personId);
  if (mine === undefined) return;
  const paper = await story.receive(mine[0]);
  await story.read(paper, ['FOR', 'FOR', 'FOR']);
  await story.object(owner, paper, '第 2 项我勾的是反对，请对着原票再看一遍。');
}

/** Of those who have not voted in any way; the people of the role picker keep theirs for whoever tries. */
async function silentSlips(world: World, assemblyId: string, story: PaperStory): Promise<PaperSlip[]> {
  const played = await papersOfPlayers(world, assemblyId);
  return (await story.slips()).filter(
    ({ votedOnline, returned, numberText }) => !votedOnline && returned === null && !played.has(numberText),
  );
}

/** The numbers of those whom somebody plays: their ballots are left to whoever tries. */
async function papersOfPlayers(world: World, assemblyId: string): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(world.people.values())];
  const rows = await world.database.rows<{ principal_id: string; person_id: string }>(
    `SELECT DISTINCT v.principal_id, o.person_id FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id
     WHERE v.assembly_id = ? AND o.person_id IN (${people.map(() => '?').join(', ')})`,
    [assemblyId, ...people],
  );
  const desk = world.get(PaperDeskService);
  const found = new Map<string, string>();
  for (const { principal_id: principalId, person_id: personId } of rows) {
    const number = await desk.numberOf(principalId);
    if (number !== null) found.set(number, personId);
  }
  return found;
}
