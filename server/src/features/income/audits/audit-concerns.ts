import { Injectable } from '@nestjs/common';
import { INCOME_CATEGORIES, SPEND_CATEGORIES, type StatementLine } from '@linli/shared/income';
import type { FindingConcern, FindingFacts } from '@linli/shared/income-audit';
import { formatQuarter, formatYuan } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';
import { storedContent } from '../statement-views.ts';

interface StatementRow {
  id: string;
  quarter: string;
  content_json: string;
}

interface ContractRow {
  id: string;
  contract_no: string;
  subject: string;
}

/** What findings concern 涉及的账目: looked up once for all of them. */
export interface Concerns {
  readonly statements: ReadonlyMap<string, StatementRow>;
  readonly contracts: ReadonlyMap<string, ContractRow>;
}

@Injectable()
export class AuditConcerns {
  /** Only what owners can open themselves: published statements and contracts of this estate. */
  async of(reader: Reader, estateId: string, findings: readonly FindingFacts[]): Promise<Concerns> {
    const statementIds = [...new Set(findings.flatMap(({ statementId }) => statementId ?? []))];
    const contractIds = [...new Set(findings.flatMap(({ contractId }) => contractId ?? []))];
    const among = (ids: readonly string[]) => `(${ids.map(() => '?').join(', ')})`;
    const statements =
      statementIds.length === 0
        ? []
        : await reader.rows<StatementRow>(
            `SELECT id, quarter, content_json FROM income_statements
             WHERE estate_id = ? AND published_version IS NOT NULL AND id IN ${among(statementIds)}`,
            [estateId, ...statementIds],
          );
    const contracts =
      contractIds.length === 0
        ? []
        : await reader.rows<ContractRow>(
            `SELECT id, contract_no, subject FROM income_contracts WHERE estate_id = ? AND id IN ${among(contractIds)}`,
            [estateId, ...contractIds],
          );
    return {
      statements: new Map(statements.map((row) => [row.id, row])),
      contracts: new Map(contracts.map((row) => [row.id, row])),
    };
  }
}

/** Null where the finding names nothing, or what it names is not there. */
export function concernOf(
  { statementId, lineIndex, contractId }: FindingFacts,
  { statements, contracts }: Concerns,
): FindingConcern | null {
  const statement = statementId === null ? undefined : statements.get(statementId);
  if (statement !== undefined) {
    const { id, quarter } = statement;
    const about = { kind: 'STATEMENT', statementId: id, quarter, lineIndex } as const;
    if (lineIndex === null) return { ...about, text: `${formatQuarter(quarter)}公共收益` };
    const line = storedContent(statement).lines[lineIndex];
    return line === undefined ? null : { ...about, text: `${formatQuarter(quarter)} · ${lineText(line)}` };
  }
  const contract = contractId === null ? undefined : contracts.get(contractId);
  return contract === undefined
    ? null
    : {
        kind: 'CONTRACT',
        contractId: contract.id,
        text: `合同 ${contract.contract_no} · ${contract.subject}`,
      };
}

/** Whether everything that the findings name can be opened. */
export function areKnown(findings: readonly FindingFacts[], concerns: Concerns): boolean {
  return findings.every((finding) => {
    const names = finding.statementId !== null || finding.contractId !== null;
    return !names || concernOf(finding, concerns) !== null;
  });
}

function lineText(line: StatementLine): string {
  return line.dir === 'INCOME'
    ? `收 ${INCOME_CATEGORIES[line.category].label} ${formatYuan(line.netFen)}`
    : `支 ${SPEND_CATEGORIES[line.category].label} ${formatYuan(line.amountFen)}`;
}
