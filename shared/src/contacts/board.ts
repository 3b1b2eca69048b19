import type { CalendarDate, Instant, Phone } from '../kernel/index.ts';
import type { DepartmentCode, TicketCategoryCode, TicketLevelCode } from '../tickets/index.ts';

/** One line of the board: a department, its duties, whom to call 执法部门职责及联系人. */
export interface BoardEntry {
  /** Null for a body that no routing is written for; its line is shown all the same. */
  readonly department: DepartmentCode | null;
  readonly departmentName: string;
  readonly duties: string;
  /** A name or an office 联系人（科室）. */
  readonly contactName: string;
  readonly phone: Phone;
  /** A mobile number stands on a board only if it is a work phone and its holder agreed 本人同意公示. */
  readonly mobileConsent: boolean;
  /** 受理事项, as written. */
  readonly handles: readonly string[];
  /** The complaint categories behind them: tap to complain prefills one. */
  readonly categories: readonly TicketCategoryCode[];
}

/** 五级投诉电话: one rung of the region's ladder. */
export interface LevelPhone {
  readonly level: TicketLevelCode;
  readonly organisation: string;
  readonly phone: Phone;
  /** 工作日 9:30–19:00. */
  readonly hours: string;
}

/** Where the printed board hangs 张贴位置. */
export interface BoardPlace {
  readonly id: string;
  readonly description: string;
  readonly photoId: string | null;
}

/** The street's board for an estate, version by version. */
export interface ContactBoard {
  readonly entries: readonly BoardEntry[];
  readonly levelPhones: readonly LevelPhone[];
  readonly places: readonly BoardPlace[];
  readonly effectiveFrom: CalendarDate;
  /** Instant, epoch ms: when somebody last called the numbers. */
  readonly checkedAt: Instant;
}

/** The region's part 公告牌规则. */
export interface ContactBoardRules {
  readonly minPlaces: number;
  readonly staleAfterDays: number;
  readonly requiredDepartments: readonly DepartmentCode[];
}

/** Numbers that every board carries, whatever else is on it. */
export const EMERGENCY_NUMBERS = [
  { number: '119', label: '火警、救援' },
  { number: '110', label: '报警' },
  { number: '120', label: '急救' },
  { number: '12345', label: '政务服务便民热线' },
] as const;
