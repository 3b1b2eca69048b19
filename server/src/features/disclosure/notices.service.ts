import { Inject, Injectable } from '@nestjs/common';
import type {
  CorrectNoticeRequest,
  Notice,
  NoticeKind,
  NoticeList,
  NoticeState,
  NoticeSummary,
  PublishNoticeRequest,
} from '@linli/shared/disclosure';
import type { EstateRole } from '@linli/shared/identity';
import { type Caller, COMMITTEE, COMPANY, RESIDENTS, STREET } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/index.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { ContentCheck } from '../../wechat/content-check.ts';
import { InboxService } from '../notifications/index.ts';
import { fileLinks } from './file-links.ts';
import { publisherOf } from './publisher.ts';

/** 物业、业委会、社区、街道. */
export const NOTICE_PUBLISHERS = [
  ...COMPANY,
  ...COMMITTEE,
  ...STREET,
] as const satisfies readonly EstateRole[];

const EXCERPT = 80;

interface NoticeRow {
  id: string;
  root_id: string;
  version: number;
  kind: NoticeKind;
  title: string;
  body: string;
  file_ids_json: string;
  state: NoticeState;
  reason: string;
  pinned_until: number | null;
  organisation_id: string;
  publisher_name: string;
  published_at: number;
  was_read: number;
}

const COLUMNS = `n.id, n.root_id, n.version, n.kind, n.title, n.body, n.file_ids_json, n.state, n.reason, n.pinned_until,
  n.organisation_id, n.publisher_name, n.published_at, CASE WHEN r.person_id IS NULL THEN 0 ELSE 1 END AS was_read`;

/** Notices 通知: published, corrected in versions, withdrawn with a reason; never changed and never deleted. */
@Injectable()
export class NoticesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {}

  async list(
    caller: Caller,
    estateId: string,
    after: string | undefined,
    limit: number,
  ): Promise<NoticeList> {
    const beyond = after === undefined ? '' : 'AND n.id < ?';
    const rows = await this.database.rows<NoticeRow>(
      `SELECT ${COLUMNS} FROM notices n LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.person_id = ?
       WHERE n.estate_id = ? AND n.listed = 1 ${beyond} ORDER BY n.id DESC LIMIT ${limit + 1}`,
      [caller.personId, estateId, ...(after === undefined ? [] : [after])],
    );
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => this.summary(row),
    );
  }

  async view(caller: Caller, estateId: string, noticeId: string): Promise<Notice> {
    const row = await this.find(caller, estateId, noticeId);
    const publisher = caller.organisationsIn(estateId).includes(row.organisation_id);
    const [files, versions, readByHomes] = await Promise.all([
      fileLinks(this.files, this.database, row.file_ids_json),
      this.versions(row.root_id),
      publisher ? this.homesThatRead(estateId, noticeId) : null,
    ]);
    return {
      ...this.summary(row),
      body: row.body,
      files,
      version: row.version,
      reason: row.reason,
      versions,
      readByHomes,
    };
  }

  /** Opening it counts as reading it; opening it again changes nothing. */
  async markRead(caller: Caller, estateId: string, noticeId: string): Promise<void> {
    const row = await this.find(caller, estateId, noticeId);
    if (row.was_read === 1) return;
    const read = {
      id: this.ids.next(),
      notice_id: noticeId,
      person_id: caller.personId,
      read_at: this.clock.now(),
    };
    try {
      await this.database.transaction((tx) => tx.insert('notice_reads', read));
    } catch (error) {
      // The same person on two phones.
      if (!violates(error, 'uq_notice_reads_person')) throw error;
    }
  }

  async publish(
    caller: Caller,
    estateId: string,
    request: PublishNoticeRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    this.checkPin(request);
    await this.contentCheck.check(caller, {
      estateId,
      where: 'NOTICE.PUBLISH',
      texts: [request.title, request.body],
    });
    const action = { personId: caller.personId, key, useCase: `notices.publish:${estateId}`, body: request };
    return this.idempotency.once(action, async (tx) => {
      await this.files.attach(tx, caller, estateId, 'MATERIAL', request.fileIds);
      const id = await this.add(tx, caller, estateId, request, null, '');
      await this.tell(tx, estateId, request.title, `${request.body.slice(0, EXCERPT)}`, id);
      return { id };
    });
  }

  async correct(
    caller: Caller,
    estateId: string,
    noticeId: string,
    { reason, ...request }: CorrectNoticeRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    this.checkPin(request);
    await this.contentCheck.check(caller, {
      estateId,
      where: 'NOTICE.CORRECT',
      texts: [request.title, request.body, reason],
    });
    const body = { noticeId, reason, ...request };
    const action = { personId: caller.personId, key, useCase: `notices.correct:${estateId}`, body };
    try {
      return await this.idempotency.once(action, async (tx) => {
        const before = await this.take(tx, caller, estateId, noticeId, 'SUPERSEDED');
        const kept = JSON.parse(before.file_ids_json) as string[];
        const fresh = request.fileIds.filter((fileId) => !kept.includes(fileId));
        await this.files.attach(tx, caller, estateId, 'MATERIAL', fresh);
        const id = await this.add(tx, caller, estateId, request, before, reason);
        await this.tell(tx, estateId, `更正：${request.title}`.slice(0, 60), `更正原因：${reason}`, id);
        return { id };
      });
    } catch (error) {
      if (violates(error, 'uq_notices_version')) throw refuse('NOTICE.SUPERSEDED');
      throw error;
    }
  }

  async withdraw(caller: Caller, estateId: string, noticeId: string, reason: string): Promise<void> {
    await this.contentCheck.check(caller, { estateId, where: 'NOTICE.WITHDRAW', texts: [reason] });
    await this.database.transaction(async (tx) => {
      const row = await this.take(tx, caller, estateId, noticeId, 'WITHDRAWN');
      await tx.run('UPDATE notices SET reason = ?, pinned_until = NULL WHERE id = ?', [reason, row.id]);
      await this.audit.record(tx, caller, {
        action: 'NOTICE.WITHDRAWN',
        estateId,
        subjectType: 'NOTICE',
        subjectId: noticeId,
        after: { reason },
      });
      await this.tell(
        tx,
        estateId,
        `撤回：${row.title}`.slice(0, 60),
        `撤回原因：${reason}`.slice(0, 300),
        noticeId,
      );
    });
  }

  /** Ends the version in force; two who try at once cannot both succeed. */
  private async take(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    noticeId: string,
    state: 'SUPERSEDED' | 'WITHDRAWN',
  ): Promise<NoticeRow> {
    const row = await this.find(caller, estateId, noticeId, tx);
    if (!caller.organisationsIn(estateId).includes(row.organisation_id)) throw refuse('NOTICE.NOT_YOURS');
    const taken = await tx.run(
      "UPDATE notices SET state = ?, listed = ? WHERE estate_id = ? AND id = ? AND state = 'PUBLISHED'",
      [state, state === 'SUPERSEDED' ? 0 : 1, estateId, noticeId],
    );
    if (taken === 0) {
      const now = await this.find(caller, estateId, noticeId, tx);
      throw refuse(now.state === 'WITHDRAWN' ? 'NOTICE.WITHDRAWN' : 'NOTICE.SUPERSEDED');
    }
    return row;
  }

  private async add(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: PublishNoticeRequest,
    before: NoticeRow | null,
    reason: string,
  ): Promise<string> {
    const id = this.ids.next();
    const publisher = await publisherOf(tx, caller, estateId, NOTICE_PUBLISHERS);
    await tx.insert('notices', {
      id,
      estate_id: estateId,
      root_id: before?.root_id ?? id,
      version: (before?.version ?? 0) + 1,
      kind: request.kind,
      title: request.title,
      body: request.body,
      file_ids_json: JSON.stringify(request.fileIds),
      state: 'PUBLISHED',
      listed: 1,
      reason,
      pinned_until: request.pinnedUntil,
      organisation_id: publisher.organisationId,
      publisher_name: publisher.name,
      published_by: caller.personId,
      published_at: this.clock.now(),
    });
    await this.audit.record(tx, caller, {
      action: before === null ? 'NOTICE.PUBLISHED' : 'NOTICE.CORRECTED',
      estateId,
      subjectType: 'NOTICE',
      subjectId: id,
      ...(before === null ? {} : { before: { id: before.id } }),
      after: { title: request.title, reason },
    });
    return id;
  }

  private async tell(
    tx: Transaction,
    estateId: string,
    title: string,
    body: string,
    id: string,
  ): Promise<void> {
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, estateId),
      estateId,
      kind: 'ESTATE_NOTICE',
      title,
      body: body.slice(0, 300),
      link: `/packages/disclosure/pages/notice/index?noticeId=${id}`,
    });
  }

  private async find(
    caller: Caller,
    estateId: string,
    noticeId: string,
    reader: Database | Transaction = this.database,
  ): Promise<NoticeRow> {
    const row = await reader.row<NoticeRow>(
      `SELECT ${COLUMNS} FROM notices n LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.person_id = ?
       WHERE n.estate_id = ? AND n.id = ?`,
      [caller.personId, estateId, noticeId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private versions(rootId: string) {
    return this.database
      .rows<{ id: string; version: number; published_at: number; reason: string }>(
        'SELECT id, version, published_at, reason FROM notices WHERE root_id = ? ORDER BY version DESC',
        [rootId],
      )
      .then((rows) => rows.map(({ published_at: publishedAt, ...row }) => ({ ...row, publishedAt })));
  }

  private async homesThatRead(estateId: string, noticeId: string): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `SELECT COUNT(DISTINCT h.unit_id) AS count FROM notice_reads n
       JOIN residencies h ON h.person_id = n.person_id AND h.estate_id = ?
       WHERE n.notice_id = ? AND h.kind IN (${RESIDENTS.map(() => '?').join(', ')})`,
      [estateId, noticeId, ...RESIDENTS],
    );
    return row?.count ?? 0;
  }

  private checkPin({ pinnedUntil }: PublishNoticeRequest): void {
    if (pinnedUntil !== null && pinnedUntil <= this.clock.now()) throw refuse('NOTICE.PIN_DATE');
  }

  private summary(row: NoticeRow): NoticeSummary {
    const pinned =
      row.state === 'PUBLISHED' && row.pinned_until !== null && row.pinned_until > this.clock.now();
    return {
      id: row.id,
      kind: row.kind,
      title: row.title,
      excerpt: row.body.slice(0, EXCERPT),
      publisherName: row.publisher_name,
      publishedAt: row.published_at,
      pinned,
      state: row.state,
      read: row.was_read === 1,
    };
  }
}
