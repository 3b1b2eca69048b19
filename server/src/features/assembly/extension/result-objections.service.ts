import { Inject, Injectable } from '@nestjs/common';
import {
  type AnswerResultObjectionRequest,
  type ObjectToResultRequest,
  type ResultDates,
  resultDates,
  type ResultObjection,
  type ResultObjections,
} from '@linli/shared/assembly';
import { CHINA_HOLIDAYS, formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { type Caller, OWNERS } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { ContentCheck } from '../../../wechat/content-check.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { AssembliesRepository, type Assembly } from '../assemblies.repository.ts';
import { assemblyPage } from '../assembly-page.ts';
import { MANDATE_DESK } from '../conveners.ts';
import { EstateRules } from '../estate-rules.ts';

interface ObjectionRow {
  id: string;
  person_id: string;
  objection_text: string;
  raised_at: number;
  answer: string | null;
  answered_by: string | null;
  answered_at: number | null;
}

const COLUMNS = 'id, person_id, objection_text, raised_at, answer, answered_by, answered_at';
const MOST = 200;

/** What owners say against a published result, and until when a court can be asked 异议和撤销权 (民法典 280). */
@Injectable()
export class ResultObjectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssembliesRepository) private readonly assemblies: AssembliesRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Owners read their own, with the dates; those who answer read all. */
  async read(caller: Caller, estateId: string, assemblyId: string): Promise<ResultObjections> {
    const { dates } = await this.published(this.database, estateId, assemblyId);
    const all = caller.has(estateId, MANDATE_DESK);
    const rows = await this.database.rows<ObjectionRow>(
      `SELECT ${COLUMNS} FROM result_objections WHERE assembly_id = ? ${all ? '' : 'AND person_id = ?'}
       ORDER BY id DESC LIMIT ${MOST}`,
      all ? [assemblyId] : [assemblyId, caller.personId],
    );
    const names = await this.persons.names(
      this.database,
      rows.flatMap(({ answered_by }) => (answered_by === null ? [] : [answered_by])),
    );
    const open = rows.some(({ person_id, answer }) => person_id === caller.personId && answer === null);
    return {
      dates,
      revocation: revocationSentence(dates),
      canObject: caller.has(estateId, OWNERS) && !open && this.isOpen(dates),
      items: rows.map((row) => toObjection(row, caller, names)),
    };
  }

  async object(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    { text }: ObjectToResultRequest,
    key: string,
  ): Promise<ResultObjections> {
    await this.contentCheck.check(caller, { estateId, where: 'RESULT_OBJECTION.RAISE', texts: [text] });
    const action = {
      personId: caller.personId,
      key,
      useCase: `result.object:${assemblyId}`,
      body: { text },
    };
    try {
      await this.idempotency.once(action, async (tx) => {
        const { assembly, dates } = await this.published(tx, estateId, assemblyId);
        if (!this.isOpen(dates)) throw refuse('RESULT_OBJECTION.CLOSED');
        const id = this.ids.next();
        await tx.insert('result_objections', {
          id,
          assembly_id: assemblyId,
          estate_id: estateId,
          person_id: caller.personId,
          objection_text: text,
          raised_at: this.clock.now(),
          answer: null,
          answered_by: null,
          answered_at: null,
          open_key: `${assemblyId}:${caller.personId}`,
        });
        await this.audit.record(tx, caller, {
          action: 'RESULT_OBJECTION.RAISED',
          estateId,
          subjectType: 'result_objection',
          subjectId: id,
        });
        await this.inbox.post(tx, {
          to: await this.inbox.staffOf(tx, estateId, MANDATE_DESK),
          estateId,
          kind: 'ASSEMBLY',
          title: '收到一条对表决结果的异议',
          body: `“${assembly.title}”的结果有业主提出异议，请核对后答复。`.slice(0, 300),
          link: null,
        });
        return id;
      });
    } catch (error) {
      throw violates(error, 'uq_result_objections_open') ? refuse('RESULT_OBJECTION.OPEN_ALREADY') : error;
    }
    return this.read(caller, estateId, assemblyId);
  }

  async answer(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    objectionId: string,
    { answer }: AnswerResultObjectionRequest,
  ): Promise<ResultObjections> {
    await this.contentCheck.check(caller, { estateId, where: 'RESULT_OBJECTION.ANSWER', texts: [answer] });
    await this.database.transaction(async (tx) => {
      await this.published(tx, estateId, assemblyId);
      const row = await tx.row<ObjectionRow>(
        `SELECT ${COLUMNS} FROM result_objections WHERE assembly_id = ? AND id = ?`,
        [assemblyId, objectionId],
      );
      if (row === null) throw refuse('NOT_FOUND');
      if (row.person_id === caller.personId) throw refuse('RESULT_OBJECTION.OWN');
      const changed = await tx.run(
        `UPDATE result_objections SET answer = ?, answered_by = ?, answered_at = ?, open_key = NULL
         WHERE id = ? AND answer IS NULL`,
        [answer, caller.personId, this.clock.now(), objectionId],
      );
      if (changed === 0) throw refuse('RESULT_OBJECTION.ANSWERED');
      await this.audit.record(tx, caller, {
        action: 'RESULT_OBJECTION.ANSWERED',
        estateId,
        subjectType: 'result_objection',
        subjectId: objectionId,
      });
      await this.inbox.post(tx, {
        to: [row.person_id],
        estateId,
        kind: 'ASSEMBLY',
        title: '您对表决结果的异议有了答复',
        body: answer.slice(0, 300),
        link: assemblyPage(assemblyId),
      });
    });
    return this.read(caller, estateId, assemblyId);
  }

  private isOpen({ objectionsUntil }: ResultDates): boolean {
    return shanghaiDate(this.clock.now()) <= objectionsUntil;
  }

  private async published(
    reader: Reader,
    estateId: string,
    assemblyId: string,
  ): Promise<{ assembly: Assembly; dates: ResultDates }> {
    const assembly = await this.assemblies.byId(reader, estateId, assemblyId);
    if (assembly === null) throw refuse('NOT_FOUND');
    const { publishedAt, closesAt } = assembly;
    if (publishedAt === null || closesAt === null) throw refuse('ASSEMBLY.RESULT_NOT_READY');
    const { meeting } = await this.rules.of(reader, estateId);
    return { assembly, dates: resultDates(closesAt, publishedAt, meeting, CHINA_HOLIDAYS) };
  }
}

function revocationSentence({ revocableUntil, publishedOn }: ResultDates): string {
  return `业主认为决定侵害自己的合法权益，或者表决程序违法的，可以自知道或者应当知道之日起一年内请求人民法院撤销（民法典第二百八十条）。从 ${formatFullDate(publishedOn)}公布之日算，到 ${formatFullDate(revocableUntil)}为止。`;
}

function toObjection(row: ObjectionRow, caller: Caller, names: ReadonlyMap<string, string>): ResultObjection {
  return {
    id: row.id,
    text: row.objection_text,
    raisedAt: row.raised_at,
    isMine: row.person_id === caller.personId,
    answer: row.answer,
    answeredBy: row.answered_by === null ? null : (names.get(row.answered_by) ?? ''),
    answeredAt: row.answered_at,
  };
}
