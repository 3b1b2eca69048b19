import {
  type BoardDraft,
  type BoardEntryInput,
  CONTACT_LIMITS,
  type ContactBoardView,
  type LevelPhoneInput,
} from '@linli/shared/contacts';
import type { DutyHolder, RadarPeriod } from '@linli/shared/disclosure';
import { periodOf, previousPeriod } from '@linli/shared/disclosure';
import type { MembershipRole } from '@linli/shared/identity';
import type { CalendarDate } from '@linli/shared/kernel';
import type { LineText } from './components/line-sheet';

/** Whose duty a role acts for. */
export function dutiesOf(roles: readonly MembershipRole[]): readonly DutyHolder[] {
  const duties = roles.map((role): DutyHolder | null => {
    if (role.startsWith('COMPANY')) return 'COMPANY';
    if (role.startsWith('COMMITTEE')) return 'COMMITTEE';
    if (role === 'COMMUNITY_OFFICER') return 'COMMUNITY';
    if (role === 'STREET_OFFICER') return 'STREET';
    return role === 'BUREAU_OFFICER' ? 'HOUSING' : null;
  });
  return duties.filter((duty) => duty !== null);
}

/** What can be posted now: this period and the three before it. */
export function periodsToPost(today: CalendarDate, period: RadarPeriod): readonly string[] {
  const keys = [periodOf(today, period)];
  while (keys.length < 4) keys.push(previousPeriod(keys[keys.length - 1] ?? '', period));
  return keys;
}

/** The lines of a board or of a sheet, as they are edited. */
export function editedEntries(source: Pick<ContactBoardView | BoardDraft, 'entries'>): BoardEntryInput[] {
  return source.entries.map((entry) => ({
    departmentName: entry.departmentName,
    duties: entry.duties,
    contactName: entry.contactName,
    mobileConsent: entry.mobileConsent,
    phone: entry.phone.display,
    handles: entry.handles.join('、'),
  }));
}

/** Every rung that has to have a phone, empty where none is known yet. */
function editedLevels(board: ContactBoardView | null): LevelPhoneInput[] {
  return (board?.levels ?? [])
    .filter(({ level }) => level !== 'COMPANY')
    .map(({ level, organisation, hours, phone }) => ({
      level,
      organisation: organisation ?? '',
      hours: hours ?? '',
      phone: phone?.display ?? '',
    }));
}

export const NEW_ENTRY: BoardEntryInput = {
  departmentName: '',
  duties: '',
  contactName: '',
  mobileConsent: false,
  phone: '',
  handles: '',
};

const PHONE_MAX = 40;

export const ENTRY_TEXTS: readonly LineText<
  'departmentName' | 'duties' | 'handles' | 'contactName' | 'phone'
>[] = [
  { key: 'departmentName', label: '部门', maxLength: CONTACT_LIMITS.nameMax },
  { key: 'duties', label: '工作职责', maxLength: CONTACT_LIMITS.dutiesMax, rows: 3 },
  {
    key: 'handles',
    label: '受理事项',
    maxLength: CONTACT_LIMITS.handlesMax,
    hint: '用顿号隔开，如：违章搭建、占用消防通道',
  },
  { key: 'contactName', label: '联系人或科室', maxLength: CONTACT_LIMITS.contactMax },
  { key: 'phone', label: '电话', maxLength: PHONE_MAX, keyboard: 'phone', hint: '座机带区号' },
];

export const LEVEL_TEXTS: readonly LineText<'organisation' | 'phone' | 'hours'>[] = [
  { key: 'organisation', label: '单位', maxLength: CONTACT_LIMITS.nameMax },
  { key: 'phone', label: '电话', maxLength: PHONE_MAX, keyboard: 'phone' },
  {
    key: 'hours',
    label: '接听时间',
    maxLength: CONTACT_LIMITS.hoursMax,
    optional: true,
    placeholder: '工作日 9:30–19:00',
  },
];

/** The next version of a board, while it is being written. */
export interface BoardForm {
  readonly entries: readonly BoardEntryInput[];
  readonly levels: readonly LevelPhoneInput[];
  readonly effectiveFrom: CalendarDate;
  readonly reason: string;
}

/** What is there now; where there is no board yet, an empty one. */
export function boardForm(board: ContactBoardView | null, today: CalendarDate): BoardForm {
  return {
    entries: board === null ? [] : editedEntries(board),
    levels: editedLevels(board),
    effectiveFrom: today,
    reason: '',
  };
}
