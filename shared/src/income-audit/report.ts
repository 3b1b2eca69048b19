import type { CalendarDate, Fen } from '../kernel/index.ts';
import { latestAnswerOn } from './due.ts';
import type { ResponsibleBody } from './parties.ts';
import type { AuditRules } from './rules.ts';
import type { AuditedBook, AuditOpinion, FindingState } from './status.ts';

/** A finding as the report has it; its number is what it keeps through every correction. */
export interface FindingFacts {
  readonly no: number;
  /** 发现了什么. */
  readonly text: string;
  readonly amountFen: Fen | null;
  /** A published statement that it concerns, whole or one line of it. */
  readonly statementId: string | null;
  readonly lineIndex: number | null;
  /** A contract on common parts that it concerns. */
  readonly contractId: string | null;
  readonly responsible: ResponsibleBody;
  readonly dueOn: CalendarDate;
}

/** What an auditor's report says. */
export interface AuditContent {
  readonly year: number;
  readonly books: readonly AuditedBook[];
  readonly auditor: string;
  readonly reportNo: string;
  readonly signedOn: CalendarDate;
  readonly opinion: AuditOpinion;
  readonly summary: string;
  readonly findings: readonly FindingFacts[];
}

export type AuditFaultCode =
  | 'AUDIT.YEAR_NOT_OVER'
  | 'AUDIT.SIGNED_WHEN'
  | 'AUDIT.NUMBER_TWICE'
  | 'AUDIT.DUE_RANGE'
  | 'AUDIT.FINDING_DROPPED'
  | 'AUDIT.DUE_MOVED'
  | 'AUDIT.RESPONSIBLE_CHANGED';

/** What stands against publishing; `findingNo` where it is about one of them. */
export interface AuditFault {
  readonly code: AuditFaultCode;
  readonly findingNo: number | null;
}

/** A first version, or one that corrects: what the findings in force are. */
export interface FindingInForce extends Pick<FindingFacts, 'no' | 'responsible' | 'dueOn'> {
  readonly state: FindingState;
}

/** Everything that stands against publishing a report today; empty means that it may be. */
export function reportFaults(
  { year, signedOn, findings }: AuditContent,
  inForce: readonly FindingInForce[],
  today: CalendarDate,
  rules: Pick<AuditRules, 'auditAnswerDays'>,
): AuditFault[] {
  const faults: AuditFault[] = [];
  const fault = (code: AuditFaultCode, findingNo: number | null = null) => faults.push({ code, findingNo });
  if (year >= Number(today.slice(0, 4))) fault('AUDIT.YEAR_NOT_OVER');
  if (signedOn > today || signedOn <= `${year}-12-31`) fault('AUDIT.SIGNED_WHEN');
  const latest = latestAnswerOn(today, rules);
  const seen = new Set<number>();
  for (const { no, dueOn } of findings) {
    if (seen.has(no)) fault('AUDIT.NUMBER_TWICE', no);
    seen.add(no);
    const isNew = inForce.every((finding) => finding.no !== no);
    if (isNew && (dueOn < today || dueOn > latest)) fault('AUDIT.DUE_RANGE', no);
  }
  return [...faults, ...correctionFaults(findings, inForce)];
}

/**
 * A correction corrects what was copied wrongly. It takes no finding away, gives nobody more time, and turns an answered
 * finding into nobody else's.
 */
function correctionFaults(
  findings: readonly FindingFacts[],
  inForce: readonly FindingInForce[],
): AuditFault[] {
  return inForce.flatMap(({ no, responsible, dueOn, state }): AuditFault[] => {
    const corrected = findings.find((finding) => finding.no === no);
    if (corrected === undefined) return [{ code: 'AUDIT.FINDING_DROPPED', findingNo: no }];
    const faults: AuditFault[] = [];
    if (corrected.dueOn !== dueOn) faults.push({ code: 'AUDIT.DUE_MOVED', findingNo: no });
    if (corrected.responsible !== responsible && state !== 'OPEN')
      faults.push({ code: 'AUDIT.RESPONSIBLE_CHANGED', findingNo: no });
    return faults;
  });
}
