import { type Refusal, refuse } from '../errors/index.ts';
import { type Instant, daysBetween, parsePhone, shanghaiDate } from '../kernel/index.ts';
import { type TicketRules, departmentName } from '../tickets/index.ts';
import type { BoardEntry, ContactBoard, ContactBoardRules } from './board.ts';
import { BOARD_FAULTS, type BoardFaultCode } from './errors.ts';

export interface BoardFault {
  /** 'entries[3].phone', 'places'. */
  readonly path: string;
  readonly code: BoardFaultCode;
  readonly message: string;
  /** BLOCKS publishing, or only WARNS: the printed board is hung after it is published. */
  readonly severity: 'BLOCKS' | 'WARNS';
}

/** Everything wrong with a board as of `now`; it may be published when nothing BLOCKS. */
export function boardFaults(
  board: ContactBoard,
  rules: ContactBoardRules,
  region: Pick<TicketRules, 'levels' | 'departmentNames'>,
  now: Instant,
): BoardFault[] {
  return [
    ...departmentFaults(board.entries, rules, region),
    ...board.entries.flatMap((entry, index) => entryFaults(entry, index)),
    ...duplicateFaults(board.entries),
    ...placeFaults(board, rules),
    ...levelFaults(board, region),
    ...staleFaults(board, rules, now),
  ];
}

export function mayPublishBoard(faults: readonly BoardFault[]): boolean {
  return faults.every(({ severity }) => severity === 'WARNS');
}

/** Days since the numbers were last called, and whether that is too long. */
export function boardAge(
  checkedAt: Instant,
  { staleAfterDays }: Pick<ContactBoardRules, 'staleAfterDays'>,
  now: Instant,
): { readonly days: number; readonly stale: boolean } {
  const days = Math.max(0, daysBetween(shanghaiDate(checkedAt), shanghaiDate(now)));
  return { days, stale: days > staleAfterDays };
}

function departmentFaults(
  entries: readonly BoardEntry[],
  { requiredDepartments }: ContactBoardRules,
  region: Pick<TicketRules, 'levels' | 'departmentNames'>,
): BoardFault[] {
  if (entries.length === 0) return [blocks('entries', refuse(BOARD_FAULTS, 'BOARD.EMPTY'))];
  const missing = requiredDepartments.filter((code) =>
    entries.every(({ department }) => department !== code),
  );
  return missing.map((code) => {
    const params = { department: departmentName(region, code) };
    return blocks('entries', refuse(BOARD_FAULTS, 'BOARD.DEPARTMENT_MISSING', { params }));
  });
}

function entryFaults(entry: BoardEntry, index: number): BoardFault[] {
  const at = (field: string, refusal: Refusal<BoardFaultCode>) =>
    blocks(`entries[${index}].${field}`, refusal);
  const department = entry.departmentName.trim();
  const params = { department };
  const faults: BoardFault[] = [];
  if (department === '') faults.push(at('departmentName', refuse(BOARD_FAULTS, 'BOARD.NAME_MISSING')));
  if (entry.duties.trim() === '')
    faults.push(at('duties', refuse(BOARD_FAULTS, 'BOARD.DUTIES_MISSING', { params })));
  if (entry.contactName.trim() === '')
    faults.push(at('contactName', refuse(BOARD_FAULTS, 'BOARD.CONTACT_MISSING', { params })));
  if (parsePhone(entry.phone.number) === null) {
    const phone = entry.phone.display;
    faults.push(at('phone', refuse(BOARD_FAULTS, 'BOARD.PHONE_INVALID', { params: { phone } })));
  }
  if (entry.phone.kind === 'MOBILE' && !entry.mobileConsent) {
    faults.push(at('phone', refuse(BOARD_FAULTS, 'BOARD.MOBILE_CONSENT', { params })));
  }
  return faults;
}

function duplicateFaults(entries: readonly BoardEntry[]): BoardFault[] {
  const seen = new Set<string>();
  return entries.flatMap(({ departmentName: department, contactName: contact }, index) => {
    const key = `${department.trim()}|${contact.trim()}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return blocks(
      `entries[${index}]`,
      refuse(BOARD_FAULTS, 'BOARD.ENTRY_DUPLICATE', { params: { department, contact } }),
    );
  });
}

function placeFaults({ places }: ContactBoard, { minPlaces }: ContactBoardRules): BoardFault[] {
  const few = { required: minPlaces, found: places.length };
  const tooFew =
    places.length < minPlaces
      ? [warns('places', refuse(BOARD_FAULTS, 'BOARD.PLACES_TOO_FEW', { params: few }))]
      : [];
  const unproven = places.flatMap(({ description: place, photoId }, index) =>
    photoId === null
      ? warns(
          `places[${index}].photoId`,
          refuse(BOARD_FAULTS, 'BOARD.PLACE_PHOTO_MISSING', { params: { place } }),
        )
      : [],
  );
  return [...tooFew, ...unproven];
}

/** The company stands on the ladder as its foot; its phones are the company's own posting. */
function levelFaults({ levelPhones }: ContactBoard, { levels }: Pick<TicketRules, 'levels'>): BoardFault[] {
  return levels
    .filter(({ code }) => code !== 'COMPANY' && levelPhones.every(({ level }) => level !== code))
    .map(({ label: level }) =>
      warns('levelPhones', refuse(BOARD_FAULTS, 'BOARD.LEVEL_PHONE_MISSING', { params: { level } })),
    );
}

function staleFaults({ checkedAt }: ContactBoard, rules: ContactBoardRules, now: Instant): BoardFault[] {
  const { days, stale } = boardAge(checkedAt, rules, now);
  if (!stale) return [];
  const params = { days, limit: rules.staleAfterDays };
  return [warns('checkedAt', refuse(BOARD_FAULTS, 'BOARD.STALE', { params }))];
}

function blocks(path: string, { code, message }: Refusal<BoardFaultCode>): BoardFault {
  return { path, code, message, severity: 'BLOCKS' };
}

function warns(path: string, { code, message }: Refusal<BoardFaultCode>): BoardFault {
  return { path, code, message, severity: 'WARNS' };
}
