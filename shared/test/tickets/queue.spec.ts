import { describe, expect, it } from '@jest/globals';
import { type TicketDeadline, nextLookAt, pressingDeadline, queueState } from '../../src/tickets/index.ts';
import { DAY_MS, HOUR_MS, endOfDay, timeOfDay } from '../../src/kernel/index.ts';

const NOW = timeOfDay('2026-11-21', 10, 0);
const deadline = (
  clock: TicketDeadline['clock'],
  dueAt: number,
  extra: Partial<TicketDeadline> = {},
): TicketDeadline => ({
  clock,
  unit: 'DAY',
  startedAt: NOW - DAY_MS,
  dueAt,
  originalDueAt: dueAt,
  pausedAt: null,
  stoppedAt: null,
  extensions: [],
  ...extra,
});

describe('the clock at the top of a complaint', () => {
  it('is the one that ends first, with what is left in words', () => {
    const pressing = pressingDeadline(
      [deadline('FINISH', NOW + 3 * DAY_MS), deadline('FIRST_REPLY', NOW + 5 * HOUR_MS)],
      NOW,
    );
    expect(pressing).toMatchObject({
      clock: 'FIRST_REPLY',
      dueState: 'DUE_TODAY',
      text: '首次答复期限 剩 5 小时',
      waitsOn: 'HANDLER',
    });
  });

  it('says how long it is overdue', () => {
    expect(pressingDeadline([deadline('ACCEPT', NOW - 2 * DAY_MS)], NOW)).toMatchObject({
      dueState: 'OVERDUE',
      text: '受理期限 逾期 2 天',
    });
  });

  it('waits on the complainant once the work is done', () => {
    const pressing = pressingDeadline(
      [deadline('AUTO_CONFIRM', NOW + 6 * DAY_MS), deadline('REOPEN_WINDOW', NOW + DAY_MS)],
      NOW,
    );
    expect(pressing).toMatchObject({ clock: 'AUTO_CONFIRM', waitsOn: 'COMPLAINANT' });
  });

  it('is nothing where nothing runs', () => {
    expect(pressingDeadline([deadline('FINISH', NOW, { stoppedAt: NOW })], NOW)).toBeNull();
  });
});

describe('a clerk’s queue', () => {
  it('knows what is overdue, due today, in time, and paused', () => {
    expect(queueState('IN_PROGRESS', [deadline('FINISH', NOW - 1)], NOW)).toBe('OVERDUE');
    expect(queueState('IN_PROGRESS', [deadline('FINISH', endOfDay('2026-11-21'))], NOW)).toBe('DUE_TODAY');
    expect(queueState('IN_PROGRESS', [deadline('FINISH', endOfDay('2026-11-22'))], NOW)).toBe('ON_TIME');
    expect(
      queueState(
        'WAIT_RESIDENT',
        [deadline('FINISH', NOW - 1, { pausedAt: NOW - DAY_MS }), deadline('RESIDENT_ANSWER', NOW - 1)],
        NOW,
      ),
    ).toBe('PAUSED');
  });

  it('never counts what waits for the complainant as overdue', () => {
    expect(queueState('RESOLVED', [deadline('AUTO_CONFIRM', NOW - DAY_MS)], NOW)).toBe('NONE');
  });

  it('is looked at again right after the next deadline', () => {
    expect(nextLookAt([deadline('FINISH', NOW + 10), deadline('ACCEPT', NOW - 10)], NOW)).toBe(NOW + 11);
    expect(nextLookAt([], NOW)).toBeNull();
  });
});
