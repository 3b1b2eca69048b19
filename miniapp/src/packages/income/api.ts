import type { AuditMarks, AuditOverview, AuditReportView } from '@linli/shared/income-audit';
import type { IncomeOverview, StatementDiffView, StatementView } from '@linli/shared/income';
import type { SpendingPage, SpendingRequest } from '@linli/shared/spending';
import { serverAddress } from '@/platform';
import { type Pages, type Resource, api, usePages, useResource } from '@/request';
import { useSession } from '@/stores';

function useBase(): string | null {
  const estateId = useSession((state) => state.estateId);
  return estateId === null ? null : `/api/estates/${estateId}/income`;
}

function useOfIncome<T>(path: string | null): Resource<T> {
  const base = useBase();
  const url = base === null || path === null ? null : base + path;
  return useResource(url, () => api.get<T>(url ?? ''));
}

export const useIncome = () => useOfIncome<IncomeOverview>('');

/** Of a quarter, the version in force. */
export const useQuarterStatement = (quarter: string) => useOfIncome<StatementView>(`/quarters/${quarter}`);

export const useStatement = (id: string | undefined) =>
  useOfIncome<StatementView>(id === undefined ? null : `/statements/${id}`);

export const useStatementDiff = (id: string | undefined) =>
  useOfIncome<StatementDiffView>(id === undefined ? null : `/statements/${id}/diff`);

export const useAudits = () => useOfIncome<AuditOverview>('/audits');

export const useAuditReport = (id: string | undefined) =>
  useOfIncome<AuditReportView>(id === undefined ? null : `/audits/reports/${id}`);

export const useAuditMarks = (statementId: string) =>
  useOfIncome<AuditMarks>(`/audits/marks?statementId=${statementId}`);

/** The picture of the code that leads to the live page. */
export function qrAddress(estateId: string, statementId: string): string {
  return serverAddress(`/api/estates/${estateId}/income/statements/${statementId}/qr.svg`);
}

export function useSpending(): Pages<SpendingPage> {
  const base = useBase();
  const url = base === null ? null : `${base}/spending`;
  return usePages(url, 20, (page) => api.get<SpendingPage>(url ?? '', { ...page }));
}

export const useSpend = (id: string | undefined) =>
  useOfIncome<SpendingRequest>(id === undefined ? null : `/spending/${id}`);
