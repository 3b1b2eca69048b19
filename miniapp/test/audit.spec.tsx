import { afterEach, describe, expect, test } from '@jest/globals';
import { fireEvent, render, screen } from '@testing-library/react';
import type { FindingView } from '@linli/shared/income-audit';
import { FindingDetails, OwedAudits } from '../src/components/audit';
import { EMPTY_REPORT, newFinding, requestOf } from '../src/packages/workbench-income/audit-model';
import { FindingSteps } from '../src/packages/workbench-income/components/finding-steps';
import { settle } from './support/settle';

afterEach(settle);

const finding = (facts: Partial<FindingView> = {}): FindingView => ({
  id: 'F1',
  reportId: 'R1',
  year: 2025,
  no: 3,
  text: '快递柜场地合同没有归档',
  amountFen: null,
  responsible: 'COMPANY',
  dueOn: '2026-11-09',
  concern: null,
  state: 'OPEN',
  duty: { by: 'COMPANY', dueOn: '2026-11-09', overdueDays: 12 },
  events: [],
  can: [],
  ...facts,
});

const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);
const done = () => undefined;

describe('a finding on the screen', () => {
  test('says for how long who has owed its answer', () => {
    render(<FindingDetails finding={finding()} />);
    screen.getByText('逾期 12 天');
    screen.getByText(/^应由物业企业在 .*前答复$/);
  });

  test('offers each reader their own steps, and reads back what accepting means', () => {
    const { unmount } = render(<FindingSteps finding={finding()} onDone={done} />);
    expect(buttons()).toEqual([]);
    unmount();
    render(<FindingSteps finding={finding({ can: ['ACCEPT', 'SEND_BACK'] })} onDone={done} />);
    expect(buttons()).toEqual(['核实通过', '退回重新答复']);
    fireEvent.click(screen.getByRole('button', { name: '核实通过' }));
    screen.getByText(/您已看过第 3 条的答复和凭证/);
  });

  test('leads to the statement that it concerns', () => {
    const opened: string[] = [];
    const concern = {
      kind: 'STATEMENT',
      statementId: 'S1',
      quarter: '2026Q1',
      lineIndex: 2,
      text: '2026年第一季度 · 支 维修 ¥3,680.00',
    } as const;
    render(<FindingDetails finding={finding({ concern })} onConcern={(id) => opened.push(id)} />);
    fireEvent.click(screen.getByRole('button', { name: /涉及的账目/ }));
    expect(opened).toEqual(['S1']);
  });
});

test('a year without a report is shown with whose duty it is', () => {
  render(<OwedAudits owed={[{ year: 2024, dueOn: '2026-09-10', overdueDays: 72, owedBy: 'COMMITTEE' }]} />);
  screen.getByText('2024 年度审计报告还没有公示');
  screen.getByText('逾期 72 天');
  screen.getByText('应由业委会公示');
});

test('a finding that is added has a number that none of the others has', () => {
  const first = newFinding([], null);
  const third = { ...first, no: 3 };
  expect([first.no, newFinding([first, third], '2026-12-21').no]).toEqual([1, 4]);
  const { year, findings, revision } = requestOf({ ...EMPTY_REPORT, year: '2025', findings: [third] }, 2);
  expect({ year, no: findings[0]?.no, revision }).toEqual({ year: 2025, no: 3, revision: 2 });
});
