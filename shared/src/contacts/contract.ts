import type { CalendarDate, Phone } from '../kernel/index.ts';
import type { SheetFault, SheetIgnored } from '../sheet/index.ts';
import type { TicketCategoryCode, TicketLevelCode } from '../tickets/index.ts';
import type { BoardEntry, LevelPhone } from './board.ts';
import type { BoardDraft } from './board-sheet.ts';
import type { BoardFault } from './checks.ts';

// --- GET /api/estates/:estateId/board · …/boards/:version ----------------------------------------------------------------

export interface ContactBoardView {
  readonly version: number;
  readonly estateName: string;
  readonly publishedBy: string;
  readonly publishedAt: number;
  readonly effectiveFrom: CalendarDate;
  readonly checkedAt: number;
  readonly checkedDaysAgo: number;
  readonly stale: boolean;
  readonly entries: readonly BoardEntryView[];
  /** The whole ladder; a rung without a phone says so. */
  readonly levels: readonly LevelView[];
  readonly emergency: readonly { readonly number: string; readonly label: string }[];
  readonly places: readonly BoardPlaceView[];
  readonly reason: string;
  readonly versions: readonly {
    readonly version: number;
    readonly publishedAt: number;
    readonly reason: string;
  }[];
  /** Address of the live page for the QR code on the printed board. */
  readonly liveUrl: string;
}
export interface BoardEntryView extends BoardEntry {
  /** What 投诉 beside the line starts with; null where no category fits. */
  readonly complainAs: TicketCategoryCode | null;
}
export interface LevelView {
  readonly level: TicketLevelCode;
  readonly label: string;
  readonly duty: string;
  readonly organisation: string | null;
  readonly phone: Phone | null;
  readonly hours: string | null;
}
export interface BoardPlaceView {
  readonly id: string;
  readonly description: string;
  readonly photoUrl: string | null;
  readonly photographedAt: number | null;
}

// --- the street's side: POST …/board/sheet-checks (multipart) · POST …/boards (Idempotency-Key) --------------------------

export interface BoardSheetCheck {
  readonly draft: BoardDraft | null;
  readonly rows: number;
  readonly faults: readonly SheetFault[];
  readonly ignored: readonly SheetIgnored[];
  readonly boardFaults: readonly BoardFault[];
}
export interface PublishBoardRequest {
  readonly effectiveFrom: CalendarDate;
  /** Empty only for the first board. */
  readonly reason: string;
  readonly entries: readonly BoardEntryInput[];
  readonly levelPhones: readonly LevelPhoneInput[];
}
/** Phones and matters as written; the server reads them as the sheet reader does. */
export interface BoardEntryInput extends Pick<
  BoardEntry,
  'departmentName' | 'duties' | 'contactName' | 'mobileConsent'
> {
  readonly phone: string;
  readonly handles: string;
}
export interface LevelPhoneInput extends Pick<LevelPhone, 'level' | 'organisation' | 'hours'> {
  readonly phone: string;
}
export interface PublishBoardResponse {
  readonly version: number;
  readonly warnings: readonly BoardFault[];
}
/** POST …/board/check: the numbers were called today and are right. */
export interface CheckBoardRequest {
  readonly note: string;
}
/** POST …/board/places · PUT …/board/places/:id */
export interface BoardPlaceRequest {
  readonly description: string;
  readonly photoId: string | null;
}
