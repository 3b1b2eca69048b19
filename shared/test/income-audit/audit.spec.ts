import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type AuditCommitment,
  type AuditContent,
  auditDueOn,
  auditDuty,
  AUDIT_PARTIES,
  type AuditParty,
  auditYears,
  commitmentFault,
  FINDING_EVENTS,
  FINDING_MACHINE,
  FINDING_STATES,
  type FindingFacts,
  type FindingInForce,
  type FindingPosition,
  findingDuty,
  findingStep,
  firstReminderOn,
  nextReminderOn,
  nextStepDueOn,
  openFindingSteps,
  owedAudits,
  postedUntil,
  reportFaults,
  RESPONSIBLE_BODIES,
  supervisorOf,
} from '../../src/income-audit/index.ts';
import { addDays } from '../../src/kernel/index.ts';

const TODAY = '2026-11-21';
const RULES = {
  auditYearly: true,
  auditPostDays: 30,
  auditWithinDays: 180,
  auditAnswerDays: 30,
  auditReviewDays: 15,
};
const NOT_YEARLY = { auditYearly: false };
const DECISION = {
  sinceYear: 2024,
  decisionNumber: '业主大会2026-1-2',
  decidedOn: '2026-03-15',
  isOwed: true,
};

describe('the year that has no report', () => {
  it('is owed by whoever publishes, late from the day after it was due', () => {
    expect(auditDueOn(2025, { by: 'REGION', sinceYear: 2024 }, RULES)).toBe('2026-06-29');
    const owed = (today: string) =>
      owedAudits([2024], auditYears(today, RULES, 2024, []), today, RULES, 'COMMUNITY');
    expect(owed('2026-06-29')).toEqual([
      { year: 2025, dueOn: '2026-06-29', overdueDays: 0, owedBy: 'COMMUNITY' },
    ]);
    expect(owed('2026-06-30')).toMatchObject([{ year: 2025, overdueDays: 1 }]);
    expect(owed('2025-12-31')).toEqual([]);
    expect(owed('2027-01-01').map(({ year }) => year)).toEqual([2025, 2026]);
  });

  it('is nobody’s where neither the region nor the owners ask for it', () => {
    expect(auditDuty(2026, NOT_YEARLY, 2024, [])).toBeNull();
    expect(auditYears(TODAY, NOT_YEARLY, 2024, [])).toEqual([]);
  });

  it('is due after the owners’ decision where that came later than the year’s end', () => {
    const years = auditYears(TODAY, NOT_YEARLY, 2026, [DECISION]);
    const owed = owedAudits([], years, TODAY, RULES, 'COMMITTEE');
    expect(owed).toMatchObject([
      { year: 2024, dueOn: '2026-09-11', overdueDays: 71 },
      { year: 2025, dueOn: '2026-09-11' },
    ]);
    expect(auditDueOn(2026, { by: 'DECISION', ...DECISION }, RULES)).toBe('2027-06-29');
  });

  it('follows the region where it asks for as much, and the owners where they ask for more', () => {
    expect(auditDuty(2026, RULES, 2024, [DECISION])).toEqual({ by: 'REGION', sinceYear: 2024 });
    expect(auditDuty(2026, RULES, 2025, [DECISION])).toMatchObject({ by: 'DECISION', sinceYear: 2024 });
    // The books' first year is the first that the region asks for.
    expect(auditDuty(2024, RULES, 2025, [])).toBeNull();
  });

  it('is owed no more once a later decision ends it, and again once another one begins it anew', () => {
    const ended = {
      sinceYear: 2026,
      decisionNumber: '业主大会2026-9-1',
      decidedOn: '2026-09-01',
      isOwed: false,
    };
    const anew = {
      sinceYear: 2028,
      decisionNumber: '业主大会2028-1-1',
      decidedOn: '2028-03-01',
      isOwed: true,
    };
    const years = (decided: readonly AuditCommitment[]) =>
      auditYears('2030-01-01', NOT_YEARLY, 2026, decided).map(({ year, duty }) => [
        year,
        duty.by === 'DECISION' ? duty.decisionNumber : '',
      ]);
    const [first, again] = [DECISION.decisionNumber, anew.decisionNumber];
    expect(years([DECISION, ended])).toEqual([
      [2024, first],
      [2025, first],
    ]);
    expect(years([DECISION, ended, anew])).toEqual([
      [2024, first],
      [2025, first],
      [2028, again],
      [2029, again],
    ]);
    // The region's duty is not the owners' to end.
    expect(auditDuty(2026, RULES, 2024, [DECISION, ended])).toEqual({ by: 'REGION', sinceYear: 2024 });
  });

  it('is changed by a later decision alone, which takes nothing back that was owed when it was taken', () => {
    const next = (facts: Partial<AuditCommitment>) =>
      commitmentFault(
        { sinceYear: 2026, decisionNumber: 'N', decidedOn: '2026-09-01', isOwed: false, ...facts },
        [DECISION],
      );
    expect(next({})).toBeNull();
    expect(next({ sinceYear: 2025 })).toBe('PAST_STAYS_OWED');
    expect(next({ sinceYear: 2025, isOwed: true })).toBeNull();
    expect(next({ decidedOn: '2026-03-14' })).toBe('DECISION_NOT_LATER');
    expect(next({ decisionNumber: DECISION.decisionNumber })).toBe('DECISION_NOT_LATER');
    const ended = { ...DECISION, decisionNumber: 'E', isOwed: false };
    const again = { ...ended, decisionNumber: 'F' };
    expect(commitmentFault(again, [DECISION, ended])).toBe('NOTHING_TO_END');
    expect(commitmentFault(again, [])).toBe('NOT_COMMITTED');
  });

  it('stays posted for the region’s days, or for none that it sets', () => {
    expect(postedUntil(TODAY, RULES)).toBe('2026-12-21');
    expect(postedUntil(TODAY, { auditPostDays: 0 })).toBeNull();
  });
});

const finding = (facts: Partial<FindingFacts> = {}): FindingFacts => ({
  no: 1,
  text: '停车费少记一笔',
  amountFen: 120_000,
  statementId: null,
  lineIndex: null,
  contractId: null,
  responsible: 'COMPANY',
  dueOn: addDays(TODAY, 30),
  ...facts,
});
const report = (facts: Partial<AuditContent> = {}): AuditContent => ({
  year: 2025,
  books: ['PUBLIC_INCOME'],
  auditor: '昌吉天山会计师事务所',
  reportNo: '昌天会审〔2026〕088 号',
  signedOn: '2026-10-20',
  opinion: 'QUALIFIED',
  summary: '除下列事项外，账目属实。',
  findings: [finding()],
  ...facts,
});
const codes = (content: AuditContent, inForce: readonly FindingInForce[] = []) =>
  reportFaults(content, inForce, TODAY, RULES).map(({ code }) => code);

describe('what stands against publishing a report', () => {
  it('is nothing for one whose year is over, signed since, with time to answer', () => {
    expect(codes(report())).toEqual([]);
    expect(codes(report({ findings: [finding({ dueOn: TODAY })], signedOn: TODAY }))).toEqual([]);
    expect(codes(report({ signedOn: '2026-01-01', findings: [] }))).toEqual([]);
  });

  it('is a year that runs, or a signature before its end or after today', () => {
    expect(codes(report({ year: 2026 }))).toEqual(['AUDIT.YEAR_NOT_OVER', 'AUDIT.SIGNED_WHEN']);
    expect(codes(report({ signedOn: '2025-12-31' }))).toEqual(['AUDIT.SIGNED_WHEN']);
    expect(codes(report({ signedOn: addDays(TODAY, 1) }))).toEqual(['AUDIT.SIGNED_WHEN']);
  });

  it('is a finding that leaves no time, or more than the region allows, or has another’s number', () => {
    const due = (dueOn: string) => codes(report({ findings: [finding({ dueOn })] }));
    expect(due(addDays(TODAY, -1))).toEqual(['AUDIT.DUE_RANGE']);
    expect(due(addDays(TODAY, 31))).toEqual(['AUDIT.DUE_RANGE']);
    expect(reportFaults(report({ findings: [finding(), finding()] }), [], TODAY, RULES)).toEqual([
      { code: 'AUDIT.NUMBER_TWICE', findingNo: 1 },
    ]);
  });

  it('is a correction that takes a finding away, gives more time, or hands on what was answered', () => {
    const inForce: FindingInForce = { no: 1, responsible: 'COMPANY', dueOn: '2026-11-01', state: 'OPEN' };
    const kept = finding({ dueOn: '2026-11-01' });
    expect(codes(report({ findings: [kept] }), [inForce])).toEqual([]);
    expect(codes(report({ findings: [] }), [inForce])).toEqual(['AUDIT.FINDING_DROPPED']);
    expect(codes(report(), [inForce])).toEqual(['AUDIT.DUE_MOVED']);
    const handed = { ...kept, responsible: 'COMMITTEE' } as const;
    expect(codes(report({ findings: [handed] }), [inForce])).toEqual([]);
    expect(codes(report({ findings: [handed] }), [{ ...inForce, state: 'ANSWERED' }])).toEqual([
      'AUDIT.RESPONSIBLE_CHANGED',
    ]);
    // A new one in a correction has its time like any other.
    const late = finding({ no: 2, dueOn: '2026-11-01' });
    expect(codes(report({ findings: [kept, late] }), [inForce])).toEqual(['AUDIT.DUE_RANGE']);
  });
});

const position = (facts: Partial<FindingPosition> = {}): FindingPosition => ({
  state: 'OPEN',
  responsible: 'COMPANY',
  publishedBy: 'COMMITTEE',
  personId: 'ANNA',
  parties: ['COMPANY'],
  answeredBy: null,
  answeredAs: null,
  ...facts,
});
const answered = (parties: readonly AuditParty[], facts: Partial<FindingPosition> = {}) =>
  position({ state: 'ANSWERED', answeredBy: 'BEN', answeredAs: 'COMPANY', parties, ...facts });

describe('who answers a finding, and who says that it is enough', () => {
  it('the body that has to answers; the community that stands in for a committee answers for it', () => {
    expect(findingStep(position(), 'ANSWER')).toEqual({ to: 'ANSWERED', as: 'COMPANY' });
    expect(findingStep(position({ parties: ['COMMITTEE'] }), 'ANSWER')).toEqual({ refused: 'NOT_YOURS' });
    const standIn = position({ responsible: 'COMMITTEE', publishedBy: 'COMMUNITY', parties: ['COMMUNITY'] });
    expect(findingStep(standIn, 'ANSWER')).toEqual({ to: 'ANSWERED', as: 'COMMUNITY' });
  });

  it('the community accepts or sends back with a reason; of its own answer the street does', () => {
    expect(findingStep(answered(['COMMUNITY']), 'ACCEPT')).toEqual({ to: 'ACCEPTED', as: 'COMMUNITY' });
    expect(findingStep(answered(['COMMUNITY']), 'SEND_BACK')).toEqual({ refused: 'REASON' });
    expect(findingStep(answered(['COMMUNITY']), 'SEND_BACK', ['REASON'])).toMatchObject({ to: 'SENT_BACK' });
    const own = (parties: readonly AuditParty[]) =>
      answered(parties, { responsible: 'COMMITTEE', publishedBy: 'COMMUNITY', answeredAs: 'COMMUNITY' });
    expect(findingStep(own(['COMMUNITY']), 'ACCEPT')).toEqual({ refused: 'NOT_YOURS' });
    expect(findingStep(own(['STREET']), 'ACCEPT')).toEqual({ to: 'ACCEPTED', as: 'STREET' });
    // A committee has come into office since: who watches over an answer follows who gave it.
    expect(findingStep({ ...own(['STREET']), publishedBy: 'COMMITTEE' }, 'ACCEPT')).toMatchObject({
      to: 'ACCEPTED',
    });
  });

  it('nobody accepts their own answer, whatever offices they hold', () => {
    const both = answered(['COMPANY', 'COMMUNITY'], { personId: 'BEN' });
    expect(findingStep(both, 'ACCEPT')).toEqual({ refused: 'OTHER_PERSON' });
    expect(findingStep(both, 'SEND_BACK')).toEqual({ refused: 'OTHER_PERSON' });
    expect(openFindingSteps(both)).toEqual([]);
  });

  it('what was sent back is answered again, and what was accepted is over', () => {
    expect(findingStep(answered(['COMPANY'], { state: 'SENT_BACK' }), 'ANSWER')).toMatchObject({
      to: 'ANSWERED',
    });
    for (const event of FINDING_EVENTS)
      expect(findingStep(answered([...AUDIT_PARTIES], { state: 'ACCEPTED' }), event)).toEqual({
        refused: 'STATE',
      });
    expect(findingStep(answered(['COMPANY']), 'ANSWER')).toEqual({ refused: 'STATE' });
  });

  it('a step that is offered can be taken, and one that can be taken is offered', () => {
    const parties = fc.subarray([...AUDIT_PARTIES]);
    const positions = fc.record({
      state: fc.constantFrom(...FINDING_STATES),
      responsible: fc.constantFrom(...RESPONSIBLE_BODIES),
      publishedBy: fc.constantFrom('COMMITTEE' as const, 'COMMUNITY' as const),
      personId: fc.constantFrom('ANNA', 'BEN'),
      parties,
      answeredBy: fc.constantFrom(null, 'BEN'),
      answeredAs: fc.constantFrom(null, ...AUDIT_PARTIES),
    });
    fc.assert(
      fc.property(positions, (one) => {
        const open = openFindingSteps(one);
        for (const event of FINDING_EVENTS)
          expect('to' in findingStep(one, event, ['REASON'])).toBe(open.includes(event));
        // Whoever accepts is never who answered, neither as a person nor as a body.
        const step = findingStep(one, 'ACCEPT');
        if ('to' in step && one.answeredAs !== null)
          expect([step.as, one.personId]).not.toEqual([one.answeredAs, one.answeredBy]);
      }),
    );
    expect(FINDING_MACHINE.isFinal('ACCEPTED')).toBe(true);
    expect(supervisorOf('COMMUNITY')).toBe('STREET');
  });
});

describe('what is owed on a finding', () => {
  const standing = {
    state: 'OPEN',
    responsible: 'COMPANY',
    stepDueOn: '2026-11-20',
    answeredAs: null,
  } as const;

  it('is the answer, then its check, then the answer again, each by its day', () => {
    expect(findingDuty(standing, 'COMMITTEE', '2026-11-20')).toMatchObject({ by: 'COMPANY', overdueDays: 0 });
    expect(findingDuty(standing, 'COMMITTEE', TODAY)).toEqual({
      by: 'COMPANY',
      dueOn: '2026-11-20',
      overdueDays: 1,
    });
    const waiting = { ...standing, state: 'ANSWERED', answeredAs: 'COMPANY' } as const;
    expect(findingDuty(waiting, 'COMMITTEE', TODAY)).toMatchObject({ by: 'COMMUNITY' });
    const own = { ...waiting, answeredAs: 'COMMUNITY' } as const;
    expect(findingDuty(own, 'COMMUNITY', TODAY)).toMatchObject({ by: 'STREET' });
    expect(findingDuty({ ...waiting, state: 'SENT_BACK' }, 'COMMITTEE', TODAY)).toMatchObject({
      by: 'COMPANY',
    });
    expect(findingDuty({ ...standing, responsible: 'COMMITTEE' }, 'COMMUNITY', TODAY)).toMatchObject({
      by: 'COMMUNITY',
    });
    expect(findingDuty({ ...waiting, state: 'ACCEPTED', stepDueOn: null }, 'COMMITTEE', TODAY)).toBeNull();
  });

  it('gives the next step its own days, and none once it is accepted', () => {
    expect(nextStepDueOn('ANSWERED', TODAY, RULES)).toBe('2026-12-06');
    expect(nextStepDueOn('SENT_BACK', TODAY, RULES)).toBe('2026-12-06');
    expect(nextStepDueOn('ACCEPTED', TODAY, RULES)).toBeNull();
  });

  it('is reminded of a week before and the day after, and not twice on one day', () => {
    const dueOn = '2026-12-06';
    expect(firstReminderOn(dueOn, TODAY)).toBe('2026-11-29');
    expect(firstReminderOn(dueOn, '2026-11-28')).toBe('2026-11-29');
    expect(firstReminderOn(dueOn, '2026-11-29')).toBe('2026-12-07');
    expect(nextReminderOn(dueOn, '2026-11-29')).toBe('2026-12-07');
    expect(nextReminderOn(dueOn, '2026-12-06')).toBe('2026-12-07');
    expect(nextReminderOn(dueOn, '2026-12-07')).toBeNull();
  });
});
