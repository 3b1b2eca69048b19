import { Inject, Injectable } from '@nestjs/common';
import {
  OPEN_RETURN_STATES,
  type PaperEntryView,
  paperEntryEndsAt,
  paperReaders,
  type PaperObjection,
  type PaperReading,
  type PaperReadingView,
  type PaperReturn,
  type PaperReturnDetail,
  type ReturnState,
} from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { SigningAgents } from '../proxies/signing-agents.service.ts';
import { EntriesRepository, type StoredEntry } from './entries.repository.ts';
import { type Head, HeadsRepository, labelOf, maskedVoters } from './heads.repository.ts';
import { type NoticedMeeting, PaperMeeting } from './paper-meeting.ts';
import { type ReturnedPaper, ReturnsRepository, type StoredObjection } from './returns.repository.ts';
import { SlipsRepository } from './slips.repository.ts';

/** Papers that were handed in, as the desk sees them. What one person read stays hidden from the one who reads next. */
@Injectable()
export class ReadReturnsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaperMeeting) private readonly meetings: PaperMeeting,
    @Inject(ReturnsRepository) private readonly returns: ReturnsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
    @Inject(HeadsRepository) private readonly heads: HeadsRepository,
    @Inject(SlipsRepository) private readonly slips: SlipsRepository,
    @Inject(SigningAgents) private readonly agents: SigningAgents,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    query: { readonly state?: ReturnState; readonly after?: string; readonly limit: number },
  ): Promise<Page<PaperReturn>> {
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    const papers = await this.returns.page(this.database, assemblyId, query);
    const shown = new Map((await this.toReturns(caller, meeting, papers)).map((item) => [item.id, item]));
    const page = toPage(
      papers,
      query.limit,
      (paper) => paper.id,
      (paper) => shown.get(paper.id),
    );
    return { ...page, items: page.items.filter((item) => item !== undefined) };
  }

  async detail(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    returnId: string,
  ): Promise<PaperReturnDetail> {
    const meeting = await this.meetings.noticed(this.database, estateId, assemblyId);
    const paper = await this.returns.byId(this.database, estateId, assemblyId, returnId);
    const [shown] = paper === null ? [] : await this.toReturns(caller, meeting, [paper]);
    if (paper === null || shown === undefined) throw refuse('NOT_FOUND');
    const { principalId } = paper;
    const head =
      principalId === null ? undefined : (await this.heads.of(this.database, [principalId])).get(principalId);
    const motions =
      principalId === null ? [] : await this.meetings.motionsOf(this.database, assemblyId, principalId);
    return {
      ...shown,
      note: paper.note,
      scans: await this.files.refs(this.database, paper.fileIds),
      motions: motions.map(({ id, title, electionId, electionSeats }) => ({
        id,
        title,
        electionId,
        electionSeats,
      })),
      voters: head === undefined ? [] : maskedVoters(head),
      agent: principalId === null ? null : await this.agents.of(this.database, { ...paper, principalId }),
    };
  }

  private async toReturns(
    caller: Caller,
    meeting: NoticedMeeting,
    papers: readonly ReturnedPaper[],
  ): Promise<PaperReturn[]> {
    const ids = papers.map(({ id }) => id);
    const entries = Map.groupBy(await this.entries.of(this.database, ids), ({ returnId }) => returnId);
    const heads = await this.heads.of(
      this.database,
      papers.flatMap(({ principalId }) => principalId ?? []),
    );
    const objections = await this.returns.objections(this.database, ids);
    const people = [...entries.values()].flat().map(({ personId }) => personId);
    const names = await this.persons.names(this.database, [
      ...people,
      ...papers.map(({ receivedBy }) => receivedBy),
    ]);
    const agents = await this.agents.names(this.database, [...heads.keys()]);
    const isOver = this.clock.now() >= paperEntryEndsAt(meeting);
    return papers.map((paper): PaperReturn => {
      const head = heads.get(paper.principalId ?? '');
      const round = (entries.get(paper.id) ?? []).filter((entry) => entry.round === paper.round);
      const mine = round.some(({ personId }) => personId === caller.personId);
      const isOpen = OPEN_RETURN_STATES.some((state) => state === paper.state);
      return {
        id: paper.id,
        numberText:
          paper.slipNumber === null ? null : this.slips.numberText(paper.assemblyId, paper.slipNumber),
        label: head === undefined ? '无编号的票' : labelOf(head),
        receivedAt: paper.receivedAt,
        receivedBy: names.get(paper.receivedBy) ?? '',
        state: paper.state,
        reason: paper.reason,
        entries: round.map((entry) =>
          toEntry(entry, caller, names, mayShow(paper) ? signersOf(head, agents) : null),
        ),
        canEnter:
          isOpen &&
          !mine &&
          !isOver &&
          caller.has(meeting.assembly.estateId, paperReaders(meeting.desk, paper.entries)),
        objection: toObjection(objections.get(paper.id)),
      };
    });
  }
}

/** Only where two readings differ, for the third to see, or where the paper is settled. */
const mayShow = ({ state }: ReturnedPaper) => state !== 'WAITING' && state !== 'ONCE';

/** Names of who may have signed, by id; masked. */
const signersOf = (head: Head | undefined, agents: ReadonlyMap<string, string>) =>
  new Map([
    ...agents,
    ...(head === undefined ? [] : maskedVoters(head)).map(({ id, name }) => [id, name] as const),
  ]);

/** Without names nothing of the reading is shown. */
function toEntry(
  entry: StoredEntry,
  caller: Caller,
  names: ReadonlyMap<string, string>,
  signers: ReadonlyMap<string, string> | null,
): PaperEntryView {
  return {
    by: names.get(entry.personId) ?? '',
    isMe: entry.personId === caller.personId,
    madeAt: entry.madeAt,
    reading: signers === null ? null : toReading(entry.reading, signers),
  };
}

function toReading(reading: PaperReading, names: ReadonlyMap<string, string>): PaperReadingView {
  if (reading.verdict === 'REFUSED') return { reason: reading.reason, signers: [], marks: [] };
  return {
    reason: null,
    signers: reading.signers.map((id) => names.get(id) ?? ''),
    marks: Object.entries(reading.marks).map(([motionId, mark]) => ({ motionId, mark })),
  };
}

export function toObjection(objection: StoredObjection | undefined): PaperObjection | null {
  if (objection === undefined) return null;
  const { id, text, raisedAt, decision, answer } = objection;
  return { id, text, raisedAt, decision, answer };
}
