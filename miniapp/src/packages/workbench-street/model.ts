import type { BoardDraft, BoardEntryInput, ContactBoardView, LevelPhoneInput } from '@linli/shared/contacts';
import type { DutyHolder, RadarPeriod } from '@linli/shared/disclosure';
import { periodOf, previousPeriod } from '@linli/shared/disclosure';
import type { MembershipRole } from '@linli/shared/identity';
import type { CalendarDate } from '@linli/shared/kernel';

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
export function editedLevels(board: ContactBoardView | null): LevelPhoneInput[] {
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
