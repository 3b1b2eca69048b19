import { Inject, Injectable } from '@nestjs/common';
import {
  isRadarCode,
  type DutyHolder,
  type PostingQuestionList,
  type PostingQuestionView,
  type RadarCode,
  answerBy,
  questionStatus,
} from '@linli/shared/disclosure';
import { CHINA_HOLIDAYS } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { RateLimits, type RateLimit } from '../../kernel/rate-limits/rate-limits.ts';
import { ContentCheck } from '../../wechat/content-check.ts';
import { InboxService } from '../notifications/index.ts';
import { DUTY_ROLES } from './duty.ts';
import { publisherOf } from './publisher.ts';
import { RadarService } from './radar.service.ts';

/** Each question calls on somebody's duty, and its text goes to WeChat's check. */
const QUESTIONS: RateLimit = { name: 'posting-question', points: 20, seconds: 3600 };

interface QuestionRow {
  id: string;
  code: RadarCode;
  duty_holder: DutyHolder;
  question: string;
  asked_by: string;
  asked_at: number;
  answer_by: number;
  answered_at: number | null;
  answerer_name: string | null;
  answer: string | null;
  followers: number;
  followed: number;
}

const COLUMNS = `q.id, q.code, q.duty_holder, q.question, q.asked_by, q.asked_at, q.answer_by, q.answered_at,
  q.answerer_name, q.answer,
  (SELECT COUNT(*) FROM posting_question_follows f WHERE f.question_id = q.id) AS followers,
  (SELECT COUNT(*) FROM posting_question_follows f WHERE f.question_id = q.id AND f.person_id = ?) AS followed`;

/** An owner asks why something is not posted 追问; whoever has the duty answers, against the clock. */
@Injectable()
export class QuestionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RadarService) private readonly radar: RadarService,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    code: string,
    after: string | undefined,
    limit: number,
  ): Promise<PostingQuestionList> {
    // MariaDB does not even compare a column of codes with other text.
    if (!isRadarCode(code)) throw refuse('RADAR.ITEM_UNKNOWN');
    const beyond = after === undefined ? '' : 'AND q.id < ?';
    const rows = await this.database.rows<QuestionRow>(
      `SELECT ${COLUMNS} FROM posting_questions q WHERE q.estate_id = ? AND q.code = ? ${beyond}
       ORDER BY q.id DESC LIMIT ${limit + 1}`,
      [caller.personId, estateId, code, ...(after === undefined ? [] : [after])],
    );
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => this.toView(caller, row),
    );
  }

  async ask(
    caller: Caller,
    estateId: string,
    code: string,
    text: string,
    key: string,
  ): Promise<{ readonly id: string }> {
    await this.limits.use(QUESTIONS, caller.personId);
    const item = await this.radar.item(this.database, estateId, code);
    await this.contentCheck.check(caller, { estateId, where: 'QUESTION.ASK', texts: [text] });
    const action = {
      personId: caller.personId,
      key,
      useCase: `questions.ask:${estateId}`,
      body: { code, text },
    };
    try {
      return await this.idempotency.once(action, async (tx) => {
        const { statuses } = await this.radar.standing(tx, estateId);
        if (statuses.some((status) => status.item.code === code && status.state === 'POSTED'))
          throw refuse('QUESTION.POSTED_ALREADY');
        const id = this.ids.next();
        const now = this.clock.now();
        await tx.insert('posting_questions', {
          id,
          estate_id: estateId,
          code: item.code,
          duty_holder: item.dutyHolder,
          question: text,
          asked_by: caller.personId,
          asked_at: now,
          answer_by: answerBy(now, CHINA_HOLIDAYS),
          answered_at: null,
          answered_by: null,
          answerer_name: null,
          answer: null,
          open_key: `${item.code}:${caller.personId}`,
        });
        await this.record(tx, caller, 'QUESTION.ASKED', estateId, id);
        await this.inbox.post(tx, {
          to: await this.inbox.staffOf(tx, estateId, DUTY_ROLES[item.dutyHolder]),
          estateId,
          kind: 'DISCLOSURE',
          title: '业主追问公示情况',
          body: `有业主问：${item.label}为什么没有公示。请按时答复。`,
          link: `/packages/disclosure/pages/item/index?code=${item.code}`,
        });
        return { id };
      });
    } catch (error) {
      if (violates(error, 'uq_posting_questions_open')) throw refuse('QUESTION.OPEN_ALREADY');
      throw error;
    }
  }

  /** 我也想知道: once a person, however often it is tapped. */
  async follow(caller: Caller, estateId: string, questionId: string): Promise<PostingQuestionView> {
    const row = await this.find(this.database, caller, estateId, questionId);
    if (row.answered_at !== null) throw refuse('QUESTION.ANSWERED');
    if (row.followed === 0 && row.asked_by !== caller.personId) await this.addFollower(caller, questionId);
    return this.toView(caller, await this.find(this.database, caller, estateId, questionId));
  }

  async answer(
    caller: Caller,
    estateId: string,
    questionId: string,
    text: string,
  ): Promise<PostingQuestionView> {
    await this.contentCheck.check(caller, { estateId, where: 'QUESTION.ANSWER', texts: [text] });
    await this.database.transaction(async (tx) => {
      const row = await this.find(tx, caller, estateId, questionId);
      const roles = DUTY_ROLES[row.duty_holder];
      if (!caller.has(estateId, roles)) throw refuse('QUESTION.NOT_YOUR_DUTY');
      const { name } = await publisherOf(tx, caller, estateId, roles);
      const answered = await tx.run(
        `UPDATE posting_questions SET answer = ?, answered_at = ?, answered_by = ?, answerer_name = ?, open_key = NULL
         WHERE estate_id = ? AND id = ? AND answered_at IS NULL`,
        [text, this.clock.now(), caller.personId, name, estateId, questionId],
      );
      if (answered === 0) throw refuse('QUESTION.ANSWERED');
      await this.record(tx, caller, 'QUESTION.ANSWERED', estateId, questionId);
      await this.tellAnswer(tx, estateId, row);
    });
    return this.toView(caller, await this.find(this.database, caller, estateId, questionId));
  }

  private async tellAnswer(tx: Transaction, estateId: string, row: QuestionRow): Promise<void> {
    const followers = await tx.rows<{ person_id: string }>(
      'SELECT person_id FROM posting_question_follows WHERE question_id = ?',
      [row.id],
    );
    await this.inbox.post(tx, {
      to: [row.asked_by, ...followers.map(({ person_id: personId }) => personId)],
      estateId,
      kind: 'DISCLOSURE',
      title: '您的追问有答复了',
      body: '点开看公示义务人的答复。',
      link: `/packages/disclosure/pages/item/index?code=${row.code}`,
    });
  }

  private async addFollower(caller: Caller, questionId: string): Promise<void> {
    const follow = {
      id: this.ids.next(),
      question_id: questionId,
      person_id: caller.personId,
      followed_at: this.clock.now(),
    };
    try {
      await this.database.transaction((tx) => tx.insert('posting_question_follows', follow));
    } catch (error) {
      // A double tap.
      if (!violates(error, 'uq_posting_question_follows_person')) throw error;
    }
  }

  private async find(
    reader: Database | Transaction,
    caller: Caller,
    estateId: string,
    questionId: string,
  ): Promise<QuestionRow> {
    const row = await reader.row<QuestionRow>(
      `SELECT ${COLUMNS} FROM posting_questions q WHERE q.estate_id = ? AND q.id = ?`,
      [caller.personId, estateId, questionId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private record(tx: Transaction, caller: Caller, action: string, estateId: string, subjectId: string) {
    return this.audit.record(tx, caller, { action, estateId, subjectType: 'POSTING_QUESTION', subjectId });
  }

  private toView(caller: Caller, row: QuestionRow): PostingQuestionView {
    const question = {
      id: row.id,
      code: row.code,
      dutyHolder: row.duty_holder,
      text: row.question,
      askedAt: row.asked_at,
      answerBy: row.answer_by,
      answeredAt: row.answered_at,
      answer: row.answer,
      followers: row.followers,
    };
    const { state, text: statusText } = questionStatus(question, this.clock.now());
    return {
      ...question,
      state,
      statusText,
      answeredBy: row.answerer_name,
      isMine: row.asked_by === caller.personId,
      followed: row.followed > 0,
    };
  }
}
