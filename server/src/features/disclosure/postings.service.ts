import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type PeriodKey,
  type PostingView,
  type PublishPostingRequest,
  type RadarCode,
  type RadarItem,
  type RadarPeriod,
  periodEnd,
  periodOf,
} from '@linli/shared/disclosure';
import { isCalendarDate, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/index.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { ContentCheck } from '../../wechat/content-check.ts';
import { InboxService } from '../notifications/index.ts';
import { DUTY_ROLES } from './duty.ts';
import { fileLinks } from './file-links.ts';
import { publisherOf } from './publisher.ts';
import { RadarFactsRegistry } from './radar-facts.registry.ts';
import { RadarService } from './radar.service.ts';

interface PostingRow {
  id: string;
  code: RadarCode;
  period: string | null;
  root_id: string;
  version: number;
  title: string;
  body: string;
  file_ids_json: string;
  reason: string;
  publisher_name: string;
  published_at: number;
  checked_at: number | null;
}

/** Required items without a page of their own 其他公示: text and files, posted by whoever has the duty. */
@Injectable()
export class PostingsService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RadarService) private readonly radar: RadarService,
    @Inject(RadarFactsRegistry) private readonly facts: RadarFactsRegistry,
  ) {}

  onModuleInit(): void {
    this.facts.register({
      owns: [],
      select: (estates) =>
        `SELECT estate_id, code, period, published_at AS posted_at, checked_at, 'POSTING' AS link_kind, id AS link_id
         FROM postings WHERE estate_id IN (${estates}) AND current_key IS NOT NULL`,
    });
  }

  async view(estateId: string, postingId: string): Promise<PostingView> {
    const row = await this.database.row<PostingRow>('SELECT * FROM postings WHERE estate_id = ? AND id = ?', [
      estateId,
      postingId,
    ]);
    if (row === null) throw refuse('NOT_FOUND');
    const [files, versions] = await Promise.all([
      fileLinks(this.files, this.database, row.file_ids_json),
      this.database.rows<{ id: string; version: number; published_at: number; reason: string }>(
        'SELECT id, version, published_at, reason FROM postings WHERE root_id = ? ORDER BY version DESC',
        [row.root_id],
      ),
    ]);
    return {
      id: row.id,
      code: row.code,
      period: row.period,
      title: row.title,
      body: row.body,
      files,
      version: row.version,
      reason: row.reason,
      publishedBy: row.publisher_name,
      publishedAt: row.published_at,
      checkedAt: row.checked_at,
      versions: versions.map(({ published_at: publishedAt, ...version }) => ({ ...version, publishedAt })),
    };
  }

  async publish(
    caller: Caller,
    estateId: string,
    request: PublishPostingRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    const item = await this.radar.item(this.database, estateId, request.code);
    if (this.facts.hasPage(item.code)) throw refuse('RADAR.HAS_PAGE');
    requireDuty(caller, estateId, item);
    if (!this.periodFits(item, request.period)) throw refuse('RADAR.PERIOD_INVALID');
    const { title, body, supersedes } = request;
    await this.contentCheck.check(caller, {
      estateId,
      where: 'POSTING.PUBLISH',
      texts: [title, body, supersedes?.reason ?? ''],
    });
    const action = { personId: caller.personId, key, useCase: `postings.publish:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.publishIn(tx, caller, estateId, item, request));
    } catch (error) {
      if (violates(error, 'uq_postings_current') || violates(error, 'uq_postings_version'))
        throw refuse('RADAR.PERIOD_POSTED');
      throw error;
    }
  }

  /** Looked at again, still right. */
  async check(caller: Caller, estateId: string, postingId: string): Promise<void> {
    const { code } = await this.view(estateId, postingId);
    requireDuty(caller, estateId, await this.radar.item(this.database, estateId, code));
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const touched = await tx.run(
        'UPDATE postings SET checked_at = ? WHERE estate_id = ? AND id = ? AND current_key IS NOT NULL',
        [now, estateId, postingId],
      );
      if (touched === 0) throw refuse('NOT_FOUND');
      await this.audit.record(tx, caller, {
        action: 'POSTING.CHECKED',
        estateId,
        subjectType: 'POSTING',
        subjectId: postingId,
        after: { checkedAt: now },
      });
    });
  }

  private async publishIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    item: RadarItem,
    request: PublishPostingRequest,
  ): Promise<{ readonly id: string }> {
    const before = request.supersedes === null ? null : await this.take(tx, estateId, request);
    const kept = before === null ? [] : (JSON.parse(before.file_ids_json) as string[]);
    const fresh = request.fileIds.filter((fileId) => !kept.includes(fileId));
    await this.files.attach(tx, caller, estateId, 'MATERIAL', fresh);
    const id = this.ids.next();
    const { name } = await publisherOf(tx, caller, estateId, DUTY_ROLES[item.dutyHolder]);
    await tx.insert('postings', {
      id,
      estate_id: estateId,
      code: item.code,
      period: request.period,
      root_id: before?.root_id ?? id,
      version: (before?.version ?? 0) + 1,
      title: request.title,
      body: request.body,
      file_ids_json: JSON.stringify(request.fileIds),
      reason: request.supersedes?.reason ?? '',
      publisher_name: name,
      published_by: caller.personId,
      published_at: this.clock.now(),
      checked_at: null,
      current_key: currentKey(request),
    });
    await this.audit.record(tx, caller, {
      action: before === null ? 'POSTING.PUBLISHED' : 'POSTING.CORRECTED',
      estateId,
      subjectType: 'POSTING',
      subjectId: id,
      ...(before === null ? {} : { before: { id: before.id } }),
      after: { code: item.code, period: request.period },
    });
    await this.tellAskers(tx, estateId, item, id);
    return { id };
  }

  /** The version in force makes room; two who correct it at once cannot both. */
  private async take(
    tx: Transaction,
    estateId: string,
    { code, period, supersedes }: PublishPostingRequest,
  ): Promise<PostingRow> {
    const before = await tx.row<PostingRow>(
      'SELECT * FROM postings WHERE estate_id = ? AND id = ? AND code = ?',
      [estateId, supersedes?.id ?? '', code],
    );
    if (before === null || before.period !== period) throw refuse('NOT_FOUND');
    const taken = await tx.run(
      'UPDATE postings SET current_key = NULL WHERE id = ? AND current_key IS NOT NULL',
      [before.id],
    );
    if (taken === 0) throw refuse('RADAR.PERIOD_POSTED');
    return before;
  }

  private async tellAskers(tx: Transaction, estateId: string, item: RadarItem, id: string): Promise<void> {
    const asked = await tx.rows<{ asked_by: string }>(
      'SELECT asked_by FROM posting_questions WHERE estate_id = ? AND code = ? AND open_key IS NOT NULL',
      [estateId, item.code],
    );
    await this.inbox.post(tx, {
      to: asked.map((row) => row.asked_by),
      estateId,
      kind: 'DISCLOSURE',
      title: `${item.label}已经公示`,
      body: '您追问过的这一项已经公示，点开就能看。',
      link: `/packages/disclosure/pages/posting/index?postingId=${id}`,
    });
  }

  private periodFits(item: RadarItem, key: PeriodKey | null): boolean {
    if (item.recency.kind === 'STANDING' || key === null)
      return key === null && item.recency.kind === 'STANDING';
    return isPeriod(key, item.recency.period) && key <= this.current(item.recency.period);
  }

  private current(period: RadarPeriod): PeriodKey {
    return periodOf(shanghaiDate(this.clock.now()), period);
  }
}

function requireDuty(caller: Caller, estateId: string, item: RadarItem): void {
  if (!caller.has(estateId, DUTY_ROLES[item.dutyHolder])) throw refuse('RADAR.NOT_YOUR_DUTY');
}

function currentKey({ code, period }: PublishPostingRequest): string {
  return `${code}:${period ?? ''}`;
}

const PERIOD_FORMS: Readonly<Record<RadarPeriod, RegExp>> = {
  MONTH: /^20\d{2}-(0[1-9]|1[0-2])$/,
  QUARTER: /^20\d{2}Q[1-4]$/,
  HALF_YEAR: /^20\d{2}H[12]$/,
  YEAR: /^20\d{2}$/,
};

function isPeriod(key: PeriodKey, period: RadarPeriod): boolean {
  if (!PERIOD_FORMS[period].test(key)) return false;
  const end = periodEnd(key, period);
  return isCalendarDate(end) && periodOf(end, period) === key;
}
