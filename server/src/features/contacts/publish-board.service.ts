import { Inject, Injectable } from '@nestjs/common';
import {
  type BoardEntry,
  type BoardEntryInput,
  type BoardFault,
  type BoardPlaceRequest,
  type BoardSheetCheck,
  CONTACT_LIMITS,
  type ContactBoard,
  type LevelPhone,
  type LevelPhoneInput,
  type PublishBoardRequest,
  type PublishBoardResponse,
  boardFaults,
  departmentOf,
  handledMatters,
  mayPublishBoard,
  readBoardSheet,
} from '@linli/shared/contacts';
import { type Phone, parsePhone, shanghaiDate } from '@linli/shared/kernel';
import type { SheetRow } from '@linli/shared/sheet';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/index.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { ContentCheck } from '../../wechat/content-check.ts';
import { InboxService } from '../notifications/index.ts';
import { BoardsRepository, type StoredBoard } from './boards.repository.ts';

/** The lines, with the title and remarks around them. */
const SHEET_ROWS = CONTACT_LIMITS.entriesMax + 60;

/** The street's side of the board: import, fix, publish, check again, say where it hangs. */
@Injectable()
export class PublishBoardService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BoardsRepository) private readonly boards: BoardsRepository,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ContentCheck) private readonly contentCheck: ContentCheck,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {}

  /** What a spreadsheet would publish; nothing is stored. */
  async checkSheet(estateId: string, file: Buffer): Promise<BoardSheetCheck> {
    const rows: SheetRow[] = [];
    for await (const row of readSheet(file, { limits: { rows: SHEET_ROWS } })) rows.push(row);
    const { value, rows: count, faults, ignored } = readBoardSheet(rows);
    const levelPhones = (await this.boards.current(this.database, estateId))?.levelPhones ?? [];
    const found =
      value === null ? [] : await this.faults(this.database, estateId, value.entries, levelPhones);
    return { draft: value, rows: count, faults, ignored, boardFaults: found };
  }

  async publish(
    caller: Caller,
    estateId: string,
    request: PublishBoardRequest,
    key: string,
  ): Promise<PublishBoardResponse> {
    await this.contentCheck.check(caller, { estateId, where: 'BOARD.PUBLISH', texts: textsOf(request) });
    const action = { personId: caller.personId, key, useCase: `boards.publish:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.publishIn(tx, caller, estateId, request));
    } catch (error) {
      // Somebody else published in between: what was compared is not what stands there now.
      if (violates(error, 'uq_contact_boards_version') || violates(error, 'uq_contact_boards_current'))
        throw refuse('CONFLICT');
      throw error;
    }
  }

  /** The numbers were called today and are right. */
  async check(caller: Caller, estateId: string, note: string): Promise<{ readonly checkedAt: number }> {
    await this.contentCheck.check(caller, { estateId, where: 'BOARD.CHECK', texts: [note] });
    return this.database.transaction(async (tx) => {
      const board = await this.boards.current(tx, estateId);
      if (board === null) throw refuse('BOARD.NONE');
      const now = this.clock.now();
      await tx.run('UPDATE contact_boards SET checked_at = ? WHERE id = ?', [now, board.id]);
      await tx.insert('contact_board_checks', {
        id: this.ids.next(),
        board_id: board.id,
        note,
        checked_by: caller.personId,
        checked_at: now,
      });
      await this.record(tx, caller, 'BOARD.CHECKED', estateId, board.id, { checkedAt: now });
      return { checkedAt: now };
    });
  }

  async addPlace(
    caller: Caller,
    estateId: string,
    request: BoardPlaceRequest,
    key: string,
  ): Promise<{ readonly id: string }> {
    await this.contentCheck.check(caller, { estateId, where: 'BOARD.PLACE', texts: [request.description] });
    const action = { personId: caller.personId, key, useCase: `boards.place:${estateId}`, body: request };
    return this.idempotency.once(action, async (tx) => {
      const id = this.ids.next();
      const now = this.clock.now();
      if (request.photoId !== null)
        await this.files.attach(tx, caller, estateId, 'BOARD_PHOTO', [request.photoId]);
      await tx.insert('contact_board_places', {
        id,
        estate_id: estateId,
        description: request.description,
        photo_id: request.photoId,
        photographed_at: request.photoId === null ? null : now,
        active: 1,
        created_at: now,
      });
      await this.record(tx, caller, 'BOARD.PLACE_ADDED', estateId, id, { description: request.description });
      return { id };
    });
  }

  async changePlace(
    caller: Caller,
    estateId: string,
    placeId: string,
    request: BoardPlaceRequest,
  ): Promise<void> {
    await this.contentCheck.check(caller, { estateId, where: 'BOARD.PLACE', texts: [request.description] });
    await this.database.transaction(async (tx) => {
      const place = (await this.boards.places(tx, estateId)).find(({ id }) => id === placeId);
      if (place === undefined) throw refuse('BOARD.PLACE_UNKNOWN');
      const fresh = request.photoId !== null && request.photoId !== place.photoId;
      if (fresh) await this.files.attach(tx, caller, estateId, 'BOARD_PHOTO', [request.photoId]);
      await tx.run(
        'UPDATE contact_board_places SET description = ?, photo_id = ?, photographed_at = ? WHERE estate_id = ? AND id = ?',
        [
          request.description,
          request.photoId ?? place.photoId,
          fresh ? this.clock.now() : place.photographedAt,
          estateId,
          placeId,
        ],
      );
      await this.record(tx, caller, 'BOARD.PLACE_CHANGED', estateId, placeId, {
        description: request.description,
      });
    });
  }

  async removePlace(caller: Caller, estateId: string, placeId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const removed = await tx.run(
        'UPDATE contact_board_places SET active = 0 WHERE estate_id = ? AND id = ? AND active = 1',
        [estateId, placeId],
      );
      if (removed === 0) throw refuse('BOARD.PLACE_UNKNOWN');
      await this.record(tx, caller, 'BOARD.PLACE_REMOVED', estateId, placeId, {});
    });
  }

  private async publishIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: PublishBoardRequest,
  ): Promise<PublishBoardResponse> {
    const entries = request.entries.map(toEntry);
    const levelPhones = toLevels(request.levelPhones);
    const faults = await this.faults(tx, estateId, entries, levelPhones);
    if (!mayPublishBoard(faults)) {
      const fields = faults.filter(({ severity }) => severity === 'BLOCKS');
      throw refuse('BOARD.INVALID', { params: { count: fields.length }, fields });
    }
    const before = await this.boards.current(tx, estateId);
    requireChange(before, request, entries, levelPhones);
    const board = {
      id: this.ids.next(),
      version: (before?.version ?? 0) + 1,
      effectiveFrom: request.effectiveFrom,
      entries,
      levelPhones,
      reason: request.reason,
      publisherName: await officeName(tx, caller, estateId),
      publishedAt: this.clock.now(),
      checkedAt: this.clock.now(),
    };
    await this.boards.add(tx, estateId, { ...board, publishedBy: caller.personId });
    const { version } = board;
    await this.record(tx, caller, 'BOARD.PUBLISHED', estateId, board.id, { version, lines: entries.length });
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, estateId),
      estateId,
      kind: 'DISCLOSURE',
      title: version === 1 ? '执法部门公告牌已公示' : '执法部门公告牌有更新',
      body:
        version === 1
          ? `${entries.length} 条联系方式，点开就能打电话。`
          : `更新说明：${request.reason}`.slice(0, 300),
      link: '/packages/contacts/pages/board/index',
    });
    return { version, warnings: faults };
  }

  private async faults(
    reader: Reader,
    estateId: string,
    entries: readonly BoardEntry[],
    levelPhones: readonly LevelPhone[],
  ): Promise<BoardFault[]> {
    const now = this.clock.now();
    const [estate, places] = await Promise.all([
      this.boards.estate(reader, estateId),
      this.boards.places(reader, estateId),
    ]);
    const board: ContactBoard = {
      entries,
      levelPhones,
      places,
      effectiveFrom: shanghaiDate(now),
      checkedAt: now,
    };
    return boardFaults(board, estate.rules, estate.tickets, now);
  }

  private record(
    tx: Transaction,
    caller: Caller,
    action: string,
    estateId: string,
    subjectId: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId,
      subjectType: 'CONTACT_BOARD',
      subjectId,
      after,
    });
  }
}

/** As the sheet reader does; a phone that is none stays as it was written and is refused with its line. */
function toEntry(input: BoardEntryInput): BoardEntry {
  const { words, categories } = handledMatters(input.handles);
  return {
    department: departmentOf(input.departmentName),
    departmentName: input.departmentName,
    duties: input.duties,
    contactName: input.contactName,
    phone: parsePhone(input.phone) ?? unreadable(input.phone),
    mobileConsent: input.mobileConsent,
    handles: words,
    categories,
  };
}

function unreadable(text: string): Phone {
  return { kind: 'LANDLINE', number: text, display: text };
}

/** A rung left empty is a rung without a phone. */
function toLevels(inputs: readonly LevelPhoneInput[]): LevelPhone[] {
  return inputs.flatMap(({ phone: written, ...level }, index) => {
    if (written === '') return [];
    const phone = parsePhone(written);
    if (phone !== null) return [{ ...level, phone }];
    const message = `“${written}”不是电话号码`;
    throw refuse('BOARD.INVALID', {
      params: { count: 1 },
      fields: [{ path: `levelPhones[${index}].phone`, code: 'BOARD.PHONE_INVALID', message }],
    });
  });
}

function requireChange(
  before: StoredBoard | null,
  request: PublishBoardRequest,
  entries: readonly BoardEntry[],
  levelPhones: readonly LevelPhone[],
): void {
  if (before === null) return;
  const same =
    JSON.stringify([before.entries, before.levelPhones]) === JSON.stringify([entries, levelPhones]) &&
    before.effectiveFrom === request.effectiveFrom;
  if (same) throw refuse('BOARD.UNCHANGED');
  if (request.reason.length < CONTACT_LIMITS.reasonMin) throw refuse('BOARD.REASON');
}

/** The street's name on the board. */
async function officeName(reader: Reader, caller: Caller, estateId: string): Promise<string> {
  const office = caller.grants.find(
    (grant) =>
      grant.estateId === estateId && grant.role === 'STREET_OFFICER' && grant.organisationId !== null,
  );
  if (office === undefined) throw refuse('BOARD.NOT_STREET');
  const row = await reader.row<{ name: string }>('SELECT name FROM organisations WHERE id = ?', [
    office.organisationId,
  ]);
  return row?.name ?? '';
}

/** What somebody wrote on the board, for the content check. */
function textsOf({ reason, entries, levelPhones }: PublishBoardRequest): string[] {
  return [
    reason,
    ...entries.flatMap(({ departmentName, duties, contactName, handles }) => [
      departmentName,
      duties,
      contactName,
      handles,
    ]),
    ...levelPhones.map(({ organisation }) => organisation),
  ];
}
