import { Inject, Injectable } from '@nestjs/common';
import {
  type BoardEntry,
  type BoardEntryView,
  type ContactBoardView,
  EMERGENCY_NUMBERS,
  type LevelView,
  boardAge,
} from '@linli/shared/contacts';
import type { TicketRules } from '@linli/shared/tickets';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/index.ts';
import { qrCodeSvg } from '../../kernel/qr-code/qr-code.ts';
import { BoardsRepository, type StoredBoard } from './boards.repository.ts';

/** The contact board 公告牌 as everybody of the estate reads it. */
@Injectable()
export class ReadBoardService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BoardsRepository) private readonly boards: BoardsRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async current(estateId: string): Promise<ContactBoardView> {
    return this.toView(estateId, await this.boards.current(this.database, estateId));
  }

  async version(estateId: string, version: number): Promise<ContactBoardView> {
    return this.toView(estateId, await this.boards.version(this.database, estateId, version));
  }

  /** The code on the printed board: it leads to the live page, where a new number would be seen. */
  qr(estateId: string): Promise<string> {
    return qrCodeSvg(this.liveUrl(estateId));
  }

  private async toView(estateId: string, board: StoredBoard | null): Promise<ContactBoardView> {
    if (board === null) throw refuse('BOARD.NONE');
    const [estate, versions, places] = await Promise.all([
      this.boards.estate(this.database, estateId),
      this.boards.versions(this.database, estateId),
      this.places(estateId),
    ]);
    const { days, stale } = boardAge(board.checkedAt, estate.rules, this.clock.now());
    return {
      version: board.version,
      estateName: estate.name,
      publishedBy: board.publisherName,
      publishedAt: board.publishedAt,
      effectiveFrom: board.effectiveFrom,
      checkedAt: board.checkedAt,
      checkedDaysAgo: days,
      stale,
      entries: board.entries.map((entry) => toEntry(entry, estate.tickets)),
      levels: estate.tickets.levels.map((level) => toLevel(level, board)),
      emergency: EMERGENCY_NUMBERS,
      places,
      reason: board.reason,
      versions,
      liveUrl: this.liveUrl(estateId),
    };
  }

  private async places(estateId: string) {
    const places = await this.boards.places(this.database, estateId);
    const photos = await this.files.refs(
      this.database,
      places.flatMap(({ photoId }) => photoId ?? []),
    );
    const urls = new Map(photos.map(({ id, url }) => [id, url]));
    return places.map(({ id, description, photoId, photographedAt }) => ({
      id,
      description,
      photoUrl: photoId === null ? null : (urls.get(photoId) ?? null),
      photographedAt,
    }));
  }

  private liveUrl(estateId: string): string {
    return `${this.environment.publicOrigin}/packages/contacts/pages/board/index?estateId=${estateId}`;
  }
}

/** The kind of complaint that the department leads, where the line names one. */
function toEntry(entry: BoardEntry, { routes }: TicketRules): BoardEntryView {
  const led = entry.categories.find((category) => routes[category].lead === entry.department);
  return { ...entry, complainAs: led ?? entry.categories[0] ?? null };
}

function toLevel({ code, label, duty }: TicketRules['levels'][number], board: StoredBoard): LevelView {
  const phone = board.levelPhones.find(({ level }) => level === code);
  return {
    level: code,
    label,
    duty,
    organisation: phone?.organisation ?? null,
    phone: phone?.phone ?? null,
    hours: phone?.hours ?? null,
  };
}
