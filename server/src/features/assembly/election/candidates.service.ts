import { Inject, Injectable } from '@nestjs/common';
import { type CandidateObjection, ELECTION_LIMITS, type NominateRequest } from '@linli/shared/assembly';
import { type Caller, COMMITTEE, STREET } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { electionPage } from './election-page.ts';
import { type Candidate, type Election, ElectionsRepository } from './elections.repository.ts';

interface ObjectionRow {
  id: string;
  candidate_id: string;
  person_id: string;
  objection_text: string;
  raised_at: number;
  upheld: number | null;
  answer: string | null;
}

const MOST_OBJECTIONS = 200;

/** Who stands 候选人: nominated, by their own consent, and open to objections once the list is posted. */
@Injectable()
export class CandidatesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ElectionsRepository) private readonly elections: ElectionsRepository,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** An owner for themselves, who thereby consents; conveners and 社区 for an owner, who is asked. */
  async nominate(
    caller: Caller,
    estateId: string,
    electionId: string,
    request: NominateRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    await this.contentCheck.check(caller, {
      estateId,
      where: 'ELECTION.NOMINATE',
      texts: [request.statement],
    });
    const action = {
      personId: caller.personId,
      key,
      useCase: 'election.nominate',
      body: [electionId, request],
    };
    try {
      return await this.idempotency.once(action, (tx) => this.add(tx, caller, estateId, electionId, request));
    } catch (error) {
      throw violates(error, 'uq_election_candidates_person') ? refuse('ELECTION.NOMINATED') : error;
    }
  }

  private async add(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    electionId: string,
    { phone, statement }: NominateRequest,
  ): Promise<{ readonly id: string }> {
    const election = await this.find(tx, estateId, electionId);
    const now = this.clock.now();
    if (election.state !== 'NOMINATING' || now > election.nominationsUntil)
      throw refuse('ELECTION.NOMINATIONS_OVER');
    if (phone !== undefined && !caller.has(estateId, [...COMMITTEE, ...STREET]))
      throw refuse('ACCESS.DENIED');
    const personId = phone === undefined ? caller.personId : (await this.persons.byPhone(tx, phone))?.id;
    if (personId === undefined || !(await this.elections.isOwner(tx, estateId, personId)))
      throw refuse('ELECTION.NOT_OWNER');
    const { max } = ELECTION_LIMITS.candidates;
    if ((await this.elections.candidates(tx, electionId)).length >= max)
      throw refuse('ELECTION.CANDIDATES_MANY', { params: { max } });
    const isSelf = personId === caller.personId;
    const id = this.ids.next();
    await tx.insert('election_candidates', {
      id,
      election_id: electionId,
      estate_id: estateId,
      person_id: personId,
      statement,
      state: isSelf ? 'CONSENTED' : 'NOMINATED',
      nominated_by: caller.personId,
      nominated_at: now,
      refusal: null,
      motion_id: null,
      result: null,
    });
    await this.record(tx, caller, estateId, id, 'CANDIDATE.NOMINATED', { electionId, isSelf });
    if (!isSelf)
      await this.inbox.post(tx, {
        to: [personId],
        estateId,
        kind: 'ASSEMBLY',
        title: '您被推荐为业委会候选人',
        body: '请确认是否同意参选；不答复就不列入名单。',
        link: electionPage(electionId),
      });
    return { id };
  }

  /** Only who is nominated, and until the list is posted. A yes may become a no. */
  async answer(
    caller: Caller,
    estateId: string,
    electionId: string,
    candidateId: string,
    consents: boolean,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { election, candidate } = await this.candidate(tx, estateId, electionId, candidateId);
      if (candidate.personId !== caller.personId) throw refuse('NOT_FOUND');
      if (election.state !== 'NOMINATING') throw refuse('ELECTION.NOT_NOW');
      const from = consents ? ['NOMINATED', 'DECLINED'] : ['NOMINATED', 'CONSENTED'];
      const changed = await tx.run(
        'UPDATE election_candidates SET state = ? WHERE id = ? AND state IN (?, ?)',
        [consents ? 'CONSENTED' : 'DECLINED', candidateId, ...from],
      );
      if (changed === 0) throw refuse('ELECTION.ANSWERED');
      const action = consents ? 'CANDIDATE.CONSENTED' : 'CANDIDATE.DECLINED';
      await this.record(tx, caller, estateId, candidateId, action, { electionId });
    });
  }

  /** Who does not meet the conditions, before the list is posted; the candidate is told why. */
  async refuse(
    caller: Caller,
    estateId: string,
    electionId: string,
    candidateId: string,
    reason: string,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { election, candidate } = await this.candidate(tx, estateId, electionId, candidateId);
      if (election.state !== 'NOMINATING') throw refuse('ELECTION.NOT_NOW');
      await this.exclude(tx, caller, { election, candidate, reason });
    });
  }

  /** An owner objects 异议 while the list is posted; once for each candidate. */
  async object(
    caller: Caller,
    estateId: string,
    electionId: string,
    candidateId: string,
    reason: string,
  ): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const { election, candidate } = await this.candidate(tx, estateId, electionId, candidateId);
        const now = this.clock.now();
        if (election.state !== 'LISTED' || now > election.objectionsUntil)
          throw refuse('ELECTION.OBJECTIONS_OVER');
        if (candidate.state !== 'CONSENTED') throw refuse('NOT_FOUND');
        const id = this.ids.next();
        await tx.insert('candidate_objections', {
          id,
          election_id: electionId,
          candidate_id: candidateId,
          estate_id: estateId,
          person_id: caller.personId,
          objection_text: reason,
          raised_at: now,
          upheld: null,
          answer: null,
          answered_by: null,
          answered_at: null,
        });
        await this.record(tx, caller, estateId, id, 'CANDIDATE.OBJECTED', { electionId, candidateId });
        await this.inbox.post(tx, {
          to: await this.inbox.staffOf(tx, estateId, STREET),
          estateId,
          kind: 'ASSEMBLY',
          title: '候选人有异议',
          body: '有业主对业委会候选人提出异议，请核实后答复。',
          link: electionPage(electionId),
        });
      });
    } catch (error) {
      throw violates(error, 'uq_candidate_objections_person') ? refuse('ELECTION.OBJECTED_ALREADY') : error;
    }
  }

  /** 社区 or 街道 decides; upheld takes the candidate off the list. Who objected is told, nobody else is. */
  async decide(
    caller: Caller,
    estateId: string,
    electionId: string,
    objectionId: string,
    { upheld, answer }: { readonly upheld: boolean; readonly answer: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const election = await this.find(tx, estateId, electionId);
      const objection = await tx.row<ObjectionRow>(
        `SELECT id, candidate_id, person_id, objection_text, raised_at, upheld, answer FROM candidate_objections
         WHERE election_id = ? AND id = ?`,
        [electionId, objectionId],
      );
      if (objection === null) throw refuse('NOT_FOUND');
      if (election.state !== 'LISTED') throw refuse('ELECTION.NOT_NOW');
      const { candidate } = await this.candidate(tx, estateId, electionId, objection.candidate_id);
      if ([objection.person_id, candidate.personId].includes(caller.personId))
        throw refuse('ELECTION.OWN_OBJECTION');
      const changed = await tx.run(
        `UPDATE candidate_objections SET upheld = ?, answer = ?, answered_by = ?, answered_at = ?
         WHERE id = ? AND answered_at IS NULL`,
        [upheld ? 1 : 0, answer, caller.personId, this.clock.now(), objectionId],
      );
      if (changed === 0) throw refuse('ELECTION.OBJECTION_ANSWERED');
      await this.record(tx, caller, estateId, objectionId, 'CANDIDATE.OBJECTION_ANSWERED', { upheld });
      await this.inbox.post(tx, {
        to: [objection.person_id],
        estateId,
        kind: 'ASSEMBLY',
        title: upheld ? '您对候选人的异议成立' : '您对候选人的异议不成立',
        body: answer,
        link: electionPage(electionId),
      });
      if (upheld) await this.exclude(tx, caller, { election, candidate, reason: answer });
    });
  }

  async objections(estateId: string, electionId: string): Promise<CandidateObjection[]> {
    await this.find(this.database, estateId, electionId);
    const rows = await this.database.rows<ObjectionRow>(
      `SELECT id, candidate_id, person_id, objection_text, raised_at, upheld, answer FROM candidate_objections
       WHERE election_id = ? ORDER BY id LIMIT ${MOST_OBJECTIONS}`,
      [electionId],
    );
    const candidates = await this.elections.candidates(this.database, electionId);
    const names = await this.persons.names(
      this.database,
      candidates.map(({ personId }) => personId),
    );
    const nameOf = new Map(candidates.map(({ id, personId }) => [id, names.get(personId) ?? '']));
    return rows.map((row) => ({
      id: row.id,
      candidateName: nameOf.get(row.candidate_id) ?? '',
      text: row.objection_text,
      raisedAt: row.raised_at,
      answer: row.answer,
      upheld: row.upheld === null ? null : row.upheld === 1,
    }));
  }

  private async exclude(
    tx: Transaction,
    caller: Caller,
    given: { readonly election: Election; readonly candidate: Candidate; readonly reason: string },
  ): Promise<void> {
    const { election, candidate, reason } = given;
    if (candidate.personId === caller.personId) throw refuse('ELECTION.OWN_OBJECTION');
    const changed = await tx.run(
      "UPDATE election_candidates SET state = 'REFUSED', refusal = ? WHERE id = ? AND state IN ('NOMINATED', 'CONSENTED')",
      [reason, candidate.id],
    );
    if (changed === 0) throw refuse('ELECTION.ANSWERED');
    await this.record(tx, caller, election.estateId, candidate.id, 'CANDIDATE.REFUSED', {
      electionId: election.id,
    });
    await this.inbox.post(tx, {
      to: [candidate.personId],
      estateId: election.estateId,
      kind: 'ASSEMBLY',
      title: '您没有列入业委会候选人名单',
      body: reason,
      link: electionPage(election.id),
    });
  }

  private async candidate(reader: Reader, estateId: string, electionId: string, candidateId: string) {
    const election = await this.find(reader, estateId, electionId);
    const all = await this.elections.candidates(reader, electionId);
    const candidate = all.find(({ id }) => id === candidateId);
    if (candidate === undefined) throw refuse('NOT_FOUND');
    return { election, candidate };
  }

  private async find(reader: Reader, estateId: string, electionId: string): Promise<Election> {
    const election = await this.elections.byId(reader, estateId, electionId);
    if (election === null) throw refuse('NOT_FOUND');
    return election;
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    subjectId: string,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, { action, estateId, subjectType: 'candidate', subjectId, after });
  }
}
