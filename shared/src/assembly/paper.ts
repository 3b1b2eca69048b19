import { DAY_MS, type Instant } from '../kernel/index.ts';
import { type Mark, MARKS } from './ballot.ts';

/**
 * The paper ballot 纸质表决票: printed with a number for one principal, delivered, handed in at the desk, and read by
 * two people who do not see what the other read.
 */

export const DELIVERY_METHODS = ['HANDED', 'POSTED', 'MAILED', 'REFUSED'] as const;
/** 当面送达, 小区内张贴, 邮寄, 拒收: how a ballot got to its owner (聊城 16, 舟山 17). */
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

export const DELIVERY_METHOD_LABELS: Readonly<Record<DeliveryMethod, string>> = {
  HANDED: '当面送达',
  POSTED: '小区内张贴',
  MAILED: '邮寄',
  REFUSED: '本人拒收',
};

export const PAPER_DESK_ROLES = [
  'COMMITTEE_CHAIR',
  'COMMITTEE_TREASURER',
  'COMMITTEE_MEMBER',
  'COMMUNITY_OFFICER',
  'STREET_OFFICER',
] as const;
/** Who may ever have a part in papers. Not the company, in no region. */
export type PaperDeskRole = (typeof PAPER_DESK_ROLES)[number];

/** What the region says of the paper desk 纸质票经手人. */
export interface PaperRules {
  /** 收票: takes a paper in and registers it. */
  readonly paperReceivers: readonly PaperDeskRole[];
  /** 初录: reads a paper first. */
  readonly paperEnterers: readonly PaperDeskRole[];
  /** 复录: reads it after somebody else, and so makes it count. */
  readonly paperConfirmers: readonly PaperDeskRole[];
}

/** Who may read a paper that so many have read. */
export function paperReaders(rules: PaperRules, entries: number): readonly PaperDeskRole[] {
  return entries === 0 ? rules.paperEnterers : rules.paperConfirmers;
}

export const RETURN_STATES = ['WAITING', 'ONCE', 'MISMATCH', 'COUNTED', 'REFUSED'] as const;
/** 待录入, 待第二人录入, 两次不一致, 已计入, 不计入. */
export type ReturnState = (typeof RETURN_STATES)[number];

export const RETURN_STATE_LABELS: Readonly<Record<ReturnState, string>> = {
  WAITING: '待录入',
  ONCE: '待第二人录入',
  MISMATCH: '两次录入不一致',
  COUNTED: '已计入',
  REFUSED: '不计入',
};

/** Read by fewer than two people who agree: it still needs somebody, and the count waits for it. */
export const OPEN_RETURN_STATES = ['WAITING', 'ONCE', 'MISMATCH'] as const satisfies readonly ReturnState[];

/** What two people may find wrong with a whole paper. */
export const PAPER_FAULTS = [
  'UNSIGNED',
  'NO_AUTHORITY',
  'NOT_ON_ROLL',
  'COPY',
  'NOT_ISSUED',
  'UNREADABLE',
] as const;
export type PaperFault = (typeof PAPER_FAULTS)[number];

export const PAPER_REFUSALS = [...PAPER_FAULTS, 'LATE', 'NOT_ENTERED', 'NOT_GENUINE'] as const;
/**
 * Why a paper takes no part at all: a fault, or received after the deadline, or never entered in time, or the owner
 * objected that it is not theirs. Blank and double-marked motions are no reason: such a paper takes part (见 Mark).
 */
export type PaperRefusal = (typeof PAPER_REFUSALS)[number];

export const PAPER_REFUSAL_LABELS: Readonly<Record<PaperRefusal, string>> = {
  UNSIGNED: '没有签名',
  NO_AUTHORITY: '签名的不是业主，也没有授权',
  NOT_ON_ROLL: '不在名册里',
  COPY: '复印件或同号的第二张',
  NOT_ISSUED: '不是这次会议印发的票',
  UNREADABLE: '破损或无法辨认',
  LATE: '截止以后才交回',
  NOT_ENTERED: '收到了，但没有在期限内由两人录入',
  NOT_GENUINE: '业主提出异议，不是本人的票',
};

/**
 * Papers that were received in time may be read for so long after the deadline; the count waits for them that long at
 * most. What two people have not read by then is announced as NOT_ENTERED, so that nobody holds back a result (三日内
 * 公布: 北京 37, 山东 32).
 */
export const PAPER_ENTRY_LIMIT_MS = 2 * DAY_MS;

export function paperEntryEndsAt({ closesAt }: { readonly closesAt: Instant }): Instant {
  return closesAt + PAPER_ENTRY_LIMIT_MS;
}

/** What one person reads on a paper: a ballot with its signatures, or a fault of the whole. */
export type PaperReading =
  | {
      readonly verdict: 'BALLOT';
      /** Owners (or the developer) whose signatures are on it; or the mandate of the agent who signed alone. */
      readonly signers: readonly string[];
      /** Each motion that the paper asks about. */
      readonly marks: Readonly<Record<string, Mark>>;
    }
  | { readonly verdict: 'REFUSED'; readonly reason: PaperFault };

export interface PaperEntry {
  readonly personId: string;
  readonly reading: PaperReading;
}

/** Where a paper stands by the readings so far. */
export type PaperStanding =
  | { readonly state: 'WAITING' | 'ONCE' | 'MISMATCH' }
  | { readonly state: 'AGREED'; readonly reading: PaperReading; readonly by: readonly [string, string] };

/**
 * A paper says what two different people read on it independently. Where they differ, others look until two agree;
 * nobody's reading alone ever counts.
 */
export function standingOf(entries: readonly PaperEntry[]): PaperStanding {
  for (const [index, later] of entries.entries())
    for (const earlier of entries.slice(0, index)) {
      const same = readingText(earlier.reading) === readingText(later.reading);
      if (same && earlier.personId !== later.personId)
        return { state: 'AGREED', reading: later.reading, by: [earlier.personId, later.personId] };
    }
  if (entries.length === 0) return { state: 'WAITING' };
  return { state: entries.length === 1 ? 'ONCE' : 'MISMATCH' };
}

/** Two readings are the same if and only if this is: neither the order of signatures nor of motions matters. */
function readingText(reading: PaperReading): string {
  if (reading.verdict === 'REFUSED') return JSON.stringify(['REFUSED', reading.reason]);
  const marks = Object.entries(reading.marks).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(['BALLOT', [...new Set(reading.signers)].sort(), marks]);
}

/** Whether a reading answers each motion of the paper and no other. */
export function answersAll(marks: Readonly<Record<string, Mark>>, motionIds: readonly string[]): boolean {
  const answered = Object.keys(marks);
  return (
    answered.length === motionIds.length &&
    motionIds.every((id) => {
      const mark = marks[id];
      return mark !== undefined && MARKS.includes(mark);
    })
  );
}

const CHECK_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PAPER_CODE_LENGTH = 4;

/** What is printed: 0042-K7QF. The letters keep a mistyped or invented number from opening somebody's ballot. */
export function paperNumberText(number: number, code: string): string {
  return `${String(number).padStart(4, '0')}-${code}`;
}

/** Letters of a paper's number from bytes of a keyed hash; those that look alike are left out. */
export function paperCode(bytes: readonly number[]): string {
  return bytes
    .slice(0, PAPER_CODE_LENGTH)
    .map((byte) => CHECK_LETTERS[byte % CHECK_LETTERS.length] ?? '')
    .join('');
}

/** The name of the number in the address that a ballot's QR code leads to. */
export const PAPER_PARAMETER = 'paper';

/**
 * What was typed or scanned: the number alone, or the whole address of the QR code. Null where it holds no number.
 */
export function parsePaperNumber(text: string): { readonly number: number; readonly code: string } | null {
  const fromAddress = new RegExp(`[?&]${PAPER_PARAMETER}=([^&#]+)`).exec(text)?.[1];
  const match = /^(\d{1,7})-?([2-9A-Z]{4})$/.exec((fromAddress ?? text).trim().toUpperCase());
  if (match === null) return null;
  return { number: Number(match[1]), code: match[2] ?? '' };
}
