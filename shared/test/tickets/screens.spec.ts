import { describe, expect, test } from '@jest/globals';
import { CHINA_HOLIDAYS, DAY_MS, timeOfDay } from '../../src/kernel/index.ts';
import { QITAI_TICKET_RULES } from '../../src/regions/routing/index.ts';
import {
  type DeadlineContext,
  type TicketProgress,
  advanceTicket,
  hideComplainant,
  openSteps,
} from '../../src/tickets/index.ts';

const context: DeadlineContext = { rules: QITAI_TICKET_RULES, slaClass: 'NORMAL', holidays: CHINA_HOLIDAYS };
const MONDAY = timeOfDay('2026-11-16', 10, 0);
const SUBMITTED: TicketProgress = { state: 'SUBMITTED', deadlines: [], reopens: 0, followers: 0 };

function resolved(reopens: number): TicketProgress {
  const step = advanceTicket(
    { ...SUBMITTED, state: 'IN_PROGRESS', reopens },
    { event: 'RESOLVE', actor: 'HANDLER', given: ['REPLY', 'EVIDENCE'], at: MONDAY },
    context,
  );
  if (!step.ok) throw new Error('cannot be resolved');
  return step.value;
}

describe('the buttons of a complaint', () => {
  test('a complainant may withdraw until a neighbour has joined', () => {
    expect(openSteps(SUBMITTED, 'COMPLAINANT', MONDAY, context)).toEqual(['WITHDRAW']);
    expect(openSteps({ ...SUBMITTED, followers: 1 }, 'COMPLAINANT', MONDAY, context)).toEqual([]);
  });

  test('after the second reopening an appeal takes its place', () => {
    expect(openSteps(resolved(0), 'COMPLAINANT', MONDAY, context)).toEqual(['CONFIRM', 'REOPEN']);
    expect(openSteps(resolved(2), 'COMPLAINANT', MONDAY, context)).toEqual(['CONFIRM', 'APPEAL']);
  });

  test('neither is offered when the window is over', () => {
    expect(openSteps(resolved(0), 'COMPLAINANT', MONDAY + 16 * DAY_MS, context)).toEqual(['CONFIRM']);
  });

  test('the handler of a new complaint accepts, refuses or merges it', () => {
    expect(openSteps(SUBMITTED, 'HANDLER', MONDAY, context)).toEqual(['ACCEPT', 'REJECT', 'MERGE']);
  });
});

describe('a text that names the complainant', () => {
  const person = { name: '王秀兰', phone: '13912345678', unitName: '1号楼 2单元 301' };

  test('is blotted out, also where the home is written without blanks', () => {
    const text = '我是王秀兰，住1号楼2单元301，请打13912345678。';
    expect(hideComplainant(text, person)).toBe('我是＊＊，住＊＊，请打＊＊。');
  });

  test('is left alone where nothing of it is there', () => {
    expect(hideComplainant('楼道有人堆物', person)).toBe('楼道有人堆物');
    expect(hideComplainant('王', { name: '王', phone: null, unitName: null })).toBe('王');
  });
});
