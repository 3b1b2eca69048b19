import type { FileRef } from '@linli/shared/files';
import type {
  AuditDraft,
  AuditedBook,
  AuditOpinion,
  FindingFacts,
  ResponsibleBody,
  SaveAuditReportRequest,
} from '@linli/shared/income-audit';
import type { CalendarDate, Fen } from '@linli/shared/kernel';

/** A finding while it is typed. */
export interface TypedFinding {
  readonly no: number;
  readonly text: string;
  readonly amountFen: Fen | null;
  readonly statementId: string | null;
  readonly lineIndex: number | null;
  readonly contractId: string | null;
  readonly responsible: ResponsibleBody | null;
  readonly dueOn: CalendarDate | null;
}

/** A report while it is typed. */
export interface TypedReport {
  readonly year: string;
  readonly books: readonly AuditedBook[];
  readonly auditor: string;
  readonly reportNo: string;
  readonly signedOn: CalendarDate | null;
  readonly opinion: AuditOpinion | null;
  readonly summary: string;
  readonly scan: Pick<FileRef, 'id' | 'name'> | null;
  readonly findings: readonly TypedFinding[];
}

export const EMPTY_REPORT: TypedReport = {
  year: '',
  books: ['PUBLIC_INCOME'],
  auditor: '',
  reportNo: '',
  signedOn: null,
  opinion: null,
  summary: '',
  scan: null,
  findings: [],
};

export function typedOf(draft: AuditDraft): TypedReport {
  const { books, auditor, reportNo, signedOn, opinion, summary, scan, findings } = draft;
  return { year: String(draft.year), books, auditor, reportNo, signedOn, opinion, summary, scan, findings };
}

/** The number after the highest: one that was taken away before publishing is not used again in this draft. */
export function newFinding(findings: readonly TypedFinding[], dueOn: CalendarDate | null): TypedFinding {
  return {
    no: Math.max(0, ...findings.map(({ no }) => no)) + 1,
    text: '',
    amountFen: null,
    statementId: null,
    lineIndex: null,
    contractId: null,
    responsible: null,
    dueOn,
  };
}

/** The server says what is missing, field by field. */
export function requestOf(typed: TypedReport, revision: number): SaveAuditReportRequest {
  const { year, signedOn, opinion, scan, findings, ...rest } = typed;
  return {
    ...rest,
    year: Number(year),
    signedOn: signedOn ?? '',
    opinion: opinion ?? ('' as AuditOpinion),
    scanFileId: scan?.id ?? '',
    findings: findings.map(factsOf),
    revision,
  };
}

function factsOf({ responsible, dueOn, ...typed }: TypedFinding): FindingFacts {
  return { ...typed, responsible: responsible ?? ('' as ResponsibleBody), dueOn: dueOn ?? '' };
}
