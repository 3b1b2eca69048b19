import { Inject, Injectable } from '@nestjs/common';
import {
  type CommitteeTerm,
  type Handover,
  type HandoverItem,
  type HandoverKind,
  type HandoverState,
  type RegisterTermRequest,
  termClock,
  type Vacancy,
  vacancyOf,
} from '@linli/shared/assembly';
import { type CalendarDate, daysBetween, shanghaiDate, startOfDay } from '@linli/shared/kernel';
import { type Caller, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { EstateRules } from '../estate-rules.ts';
import { TERM_PAGE } from './election-page.ts';
import { ElectionsRepository } from './elections.repository.ts';

export interface TermRow {
  id: string;
  estate_id: string;
  election_id: string | null;
  seats: number;
  starts_on: string;
  ends_on: string;
  file_by: string | null;
  filed_on: string | null;
  first_meeting_by: string | null;
  first_meeting_on: string | null;
  hand_over_by: string | null;
}

interface ItemRow {
  id: string;
  kind: string;
  name: string;
  state: string;
  given_by: string | null;
  given_at: number | null;
  received_by: string | null;
  received_at: number | null;
  note: string | null;
  petition_id: string | null;
  due_on: string | null;
}

export const TERM = `id, estate_id, election_id, seats, starts_on, ends_on, file_by, filed_on, first_meeting_by,
  first_meeting_on, hand_over_by`;
const ITEM = 'id, kind, name, state, given_by, given_at, received_by, received_at, note, petition_id, due_on';

/** The committee's term 任期 with its clock, what a new one owes, and the handover 移交 from the old one. */
@Injectable()
export class TermsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The newest term; null where none is known. */
  async current(estateId: string): Promise<CommitteeTerm | null> {
    const term = await newestTerm(this.database, estateId);
    if (term === null) return null;
    const { committee } = await this.rules.of(this.database, estateId);
    const items = await this.items(this.database, term.id);
    const count = (state: HandoverState) => items.filter((item) => item.state === state).length;
    return {
      id: term.id,
      startsOn: term.starts_on,
      endsOn: term.ends_on,
      seats: term.seats,
      clock: termClock(
        { endsOn: term.ends_on, renewalBegun: await hasRenewalBegun(this.database, estateId) },
        committee,
        this.today(),
      ),
      fileBy: term.file_by,
      filedOn: term.filed_on,
      firstMeetingBy: term.first_meeting_by,
      firstMeetingOn: term.first_meeting_on,
      vacancy: await this.emptySeats(term),
      handover:
        items.length === 0 ? null : { done: count('DONE'), missing: count('MISSING'), all: items.length },
    };
  }

  /** A committee that was elected before the estate joined, so that its clock runs. */
  async register(
    caller: Caller,
    estateId: string,
    request: RegisterTermRequest,
  ): Promise<CommitteeTerm | null> {
    const { startsOn, endsOn, seats } = request;
    if (endsOn <= startsOn || startsOn > this.today()) throw refuse('TERM.DATES');
    try {
      await this.database.transaction(async (tx) => {
        const id = this.ids.next();
        await tx.insert('committee_terms', {
          id,
          estate_id: estateId,
          election_id: null,
          seats,
          starts_on: startsOn,
          ends_on: endsOn,
          file_by: null,
          filed_on: null,
          first_meeting_by: null,
          first_meeting_on: null,
          hand_over_by: null,
          registered_by: caller.personId,
          created_at: this.clock.now(),
        });
        await this.record(tx, caller, estateId, id, 'TERM.REGISTERED', { startsOn, endsOn, seats });
      });
    } catch (error) {
      throw violates(error, 'uq_committee_terms_start') ? refuse('TERM.EXISTS') : error;
    }
    return this.current(estateId);
  }

  /** 备案, or the first meeting, happened on a day. */
  async note(
    caller: Caller,
    estateId: string,
    termId: string,
    what: 'filed_on' | 'first_meeting_on',
    on: CalendarDate,
  ): Promise<CommitteeTerm | null> {
    if (on > this.today()) throw refuse('TERM.IN_FUTURE');
    await this.database.transaction(async (tx) => {
      await this.find(tx, estateId, termId);
      const changed = await tx.run(
        `UPDATE committee_terms SET ${what} = ? WHERE id = ? AND ${what} IS NULL`,
        [on, termId],
      );
      if (changed === 0) throw refuse('TERM.RECORDED');
      const action = what === 'filed_on' ? 'TERM.FILED' : 'TERM.FIRST_MEETING';
      await this.record(tx, caller, estateId, termId, action, { on });
    });
    return this.current(estateId);
  }

  async handover(caller: Caller, estateId: string, termId: string): Promise<Handover> {
    const term = await this.find(this.database, estateId, termId);
    const rows = await this.items(this.database, termId);
    const names = await this.persons.names(
      this.database,
      rows.flatMap((row) => [row.given_by ?? '', row.received_by ?? '']).filter((id) => id !== ''),
    );
    const nameOf = (personId: string | null) => (personId === null ? null : (names.get(personId) ?? null));
    const signers = await this.signersOf(this.database, term, rows, caller.personId);
    const open = rows.filter(({ state }) => state !== 'DONE').map((row) => dueOnOf(term, row));
    const dueOn = open.sort()[0] ?? term.hand_over_by ?? term.starts_on;
    return {
      dueOn,
      overdueDays: open.length === 0 ? 0 : Math.max(0, daysBetween(dueOn, this.today())),
      items: rows.map((row): HandoverItem => ({
        id: row.id,
        kind: row.kind as HandoverKind,
        name: row.name,
        state: row.state as HandoverState,
        givenBy: nameOf(row.given_by),
        givenAt: row.given_at,
        receivedBy: nameOf(row.received_by),
        receivedAt: row.received_at,
        note: row.note,
        dueOn: dueOnOf(term, row),
        recalled: row.petition_id !== null,
        mayGive: signers(row).gives && ['PENDING', 'MISSING'].includes(row.state),
        mayTellMissing: signers(row).receives && ['PENDING', 'GIVEN'].includes(row.state),
        mayReceive: signers(row).receives && row.state === 'GIVEN' && row.given_by !== caller.personId,
      })),
    };
  }

  /** The one who hands over signs first; what was missing may still be found. */
  give(caller: Caller, estateId: string, termId: string, itemId: string): Promise<Handover> {
    return this.sign(caller, { estateId, termId, itemId }, async (tx, signs, now) => {
      if (!signs.gives) throw refuse('HANDOVER.NOT_YOURS');
      return tx.run(
        `UPDATE handover_items SET state = 'GIVEN', given_by = ?, given_at = ?
         WHERE id = ? AND term_id = ? AND state IN ('PENDING', 'MISSING')`,
        [caller.personId, now, itemId, termId],
      );
    });
  }

  receive(caller: Caller, estateId: string, termId: string, itemId: string): Promise<Handover> {
    return this.sign(caller, { estateId, termId, itemId }, async (tx, signs, now) => {
      const item = (await this.items(tx, termId)).find(({ id }) => id === itemId);
      if (!signs.receives || item?.given_by === caller.personId) throw refuse('HANDOVER.NOT_YOURS');
      if (item?.state === 'PENDING') throw refuse('HANDOVER.NOT_GIVEN');
      return tx.run(
        `UPDATE handover_items SET state = 'DONE', received_by = ?, received_at = ?
         WHERE id = ? AND term_id = ? AND state = 'GIVEN'`,
        [caller.personId, now, itemId, termId],
      );
    });
  }

  /** What is not there: the one who should receive it says so, and 街道 is told. */
  missing(caller: Caller, estateId: string, termId: string, itemId: string, note: string): Promise<Handover> {
    return this.sign(caller, { estateId, termId, itemId }, async (tx, signs) => {
      if (!signs.receives) throw refuse('HANDOVER.NOT_YOURS');
      const changed = await tx.run(
        `UPDATE handover_items SET state = 'MISSING', note = ?, given_by = NULL, given_at = NULL
         WHERE id = ? AND term_id = ? AND state IN ('PENDING', 'GIVEN')`,
        [note, itemId, termId],
      );
      const item = (await this.items(tx, termId)).find(({ id }) => id === itemId);
      await this.inbox.post(tx, {
        to: await this.inbox.staffOf(tx, estateId, STREET),
        estateId,
        kind: 'ASSEMBLY',
        title: '业委会移交有缺失',
        body: `${item?.name ?? ''}没有移交：${note}`.slice(0, 300),
        link: TERM_PAGE,
      });
      return changed;
    });
  }

  private async sign(
    caller: Caller,
    where: { readonly estateId: string; readonly termId: string; readonly itemId: string },
    write: (tx: Transaction, signs: Signs, now: number) => Promise<number>,
  ): Promise<Handover> {
    const { estateId, termId, itemId } = where;
    await this.database.transaction(async (tx) => {
      const term = await this.find(tx, estateId, termId);
      const items = await this.items(tx, termId);
      const item = items.find(({ id }) => id === itemId);
      if (item === undefined) throw refuse('NOT_FOUND');
      const signs = (await this.signersOf(tx, term, [item], caller.personId))(item);
      if ((await write(tx, signs, this.clock.now())) === 0) throw refuse('HANDOVER.SIGNED');
      await this.record(tx, caller, estateId, termId, 'HANDOVER.SIGNED', { itemId });
    });
    return this.handover(caller, estateId, termId);
  }

  /** Seats that recalls left empty. */
  async emptySeats(term: TermRow): Promise<Vacancy | null> {
    const today = this.today();
    const recalls = await this.database.rows<{ elect_by: string }>(
      `SELECT MAX(elect_by) AS elect_by FROM recalled_offices
       WHERE estate_id = ? AND effective_at >= ? AND carried_out_at IS NOT NULL GROUP BY person_id`,
      [term.estate_id, startOfDay(term.starts_on)],
    );
    if (recalls.length === 0) return null;
    const sitting = await this.elections.committee(this.database, term.estate_id, today);
    const running = await this.database.row(
      'SELECT 1 AS found FROM elections WHERE running_key = ? LIMIT 1',
      [term.estate_id],
    );
    return vacancyOf(
      {
        electBys: recalls.map((row) => row.elect_by),
        emptySeats: term.seats - (sitting?.people.length ?? 0),
        electionBegun: running !== null,
      },
      today,
    );
  }

  /** After a recall: who was recalled hands over, who is in office receives. */
  private async signersOf(
    reader: Reader,
    term: TermRow,
    items: readonly ItemRow[],
    personId: string,
  ): Promise<(item: ItemRow) => Signs> {
    const ofTerm = await this.signers(reader, term, personId);
    if (items.every((item) => item.petition_id === null)) return () => ofTerm;
    const recalled = await reader.rows<{ petition_id: string }>(
      'SELECT petition_id FROM recalled_offices WHERE estate_id = ? AND person_id = ?',
      [term.estate_id, personId],
    );
    const sitting = await this.elections.committee(reader, term.estate_id, this.today());
    const receives = sitting?.people.includes(personId) === true;
    return ({ petition_id: petitionId }) =>
      petitionId === null
        ? ofTerm
        : { gives: recalled.some((row) => row.petition_id === petitionId), receives };
  }

  /**
   * Who was in office the day before the term hands over, who is elected to it receives. One re-elected may do either,
   * but not both for one thing.
   */
  private async signers(reader: Reader, term: TermRow, personId: string): Promise<Signs> {
    const held = await reader.row(
      `SELECT 1 AS found FROM memberships m JOIN organisations o ON o.id = m.organisation_id
       WHERE m.person_id = ? AND o.kind = 'COMMITTEE' AND (m.estate_id IS NULL OR m.estate_id = ?)
         AND m.confirmed_at IS NOT NULL AND m.starts_on < ? LIMIT 1`,
      [personId, term.estate_id, term.starts_on],
    );
    const elected = await reader.row(
      `SELECT 1 AS found FROM election_candidates c JOIN elections e ON e.id = c.election_id
       WHERE c.person_id = ? AND c.result = 'ELECTED' AND (e.id = ? OR e.run_off_of = ?) LIMIT 1`,
      [personId, term.election_id, term.election_id],
    );
    return { gives: held !== null, receives: elected !== null };
  }

  private async items(reader: Reader, termId: string): Promise<ItemRow[]> {
    return reader.rows<ItemRow>(`SELECT ${ITEM} FROM handover_items WHERE term_id = ? ORDER BY id`, [termId]);
  }

  private async find(reader: Reader, estateId: string, termId: string): Promise<TermRow> {
    const term = await reader.row<TermRow>(
      `SELECT ${TERM} FROM committee_terms WHERE estate_id = ? AND id = ?`,
      [estateId, termId],
    );
    if (term === null) throw refuse('NOT_FOUND');
    return term;
  }

  private today(): CalendarDate {
    return shanghaiDate(this.clock.now());
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    termId: string,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'committee-term',
      subjectId: termId,
      after,
    });
  }
}

function dueOnOf(term: TermRow, { due_on: dueOn }: ItemRow): CalendarDate {
  return dueOn ?? term.hand_over_by ?? term.starts_on;
}

interface Signs {
  readonly gives: boolean;
  readonly receives: boolean;
}

export async function newestTerm(reader: Reader, estateId: string): Promise<TermRow | null> {
  return reader.row<TermRow>(
    `SELECT ${TERM} FROM committee_terms WHERE estate_id = ? ORDER BY starts_on DESC LIMIT 1`,
    [estateId],
  );
}

/** A general election is under way. */
export async function hasRenewalBegun(reader: Reader, estateId: string): Promise<boolean> {
  const row = await reader.row(
    "SELECT 1 AS found FROM elections WHERE running_key = ? AND kind <> 'BY_ELECTION' LIMIT 1",
    [estateId],
  );
  return row !== null;
}
