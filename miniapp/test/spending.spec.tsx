import { afterEach, describe, expect, test } from '@jest/globals';
import { fireEvent, render, screen } from '@testing-library/react';
import type { SpendingRequest } from '@linli/shared/spending';
import { SpendingFacts, SpendingLine } from '../src/components/spending';
import { SpendingSteps } from '../src/packages/workbench-income/components/spending-steps';
import { settle } from './support/settle';

afterEach(settle);

const request = (facts: Partial<SpendingRequest> = {}): SpendingRequest => ({
  id: 'S1',
  category: 'FACILITY_UPGRADE',
  text: '5 至 6 号楼单元门禁 6 套',
  payee: '奇台县安达门禁设备有限公司',
  amountFen: 930_000,
  state: 'APPLIED',
  appliedAs: 'COMPANY',
  basis: {
    kind: 'DECISION',
    decisionId: 'D1',
    number: '业主大会2026-2-3',
    title: '更换单元门禁',
    budgetYear: null,
  },
  files: [],
  steps: [{ event: 'APPLY', by: '经理', at: Date.UTC(2026, 10, 20) }],
  reason: '',
  paidOn: null,
  bankLineNo: null,
  receipt: null,
  can: [],
  ...facts,
});

const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

describe('a spend on the screen', () => {
  test('says what allows it, by decision or by its amount', () => {
    render(<SpendingLine request={request()} />);
    screen.getByText('准许依据：业主大会2026-2-3《更换单元门禁》');
    render(
      <SpendingFacts request={request({ basis: { kind: 'BELOW_THRESHOLD', thresholdFen: 500_000 } })} />,
    );
    screen.getByText('低于 ¥5,000.00，不用表决');
  });

  test('offers each reader their own steps and nothing else', () => {
    const onDone = () => undefined;
    const { unmount } = render(<SpendingSteps request={request()} onDone={onDone} />);
    expect(buttons()).toEqual([]);
    unmount();
    render(<SpendingSteps request={request({ can: ['CONFIRM', 'REJECT'] })} onDone={onDone} />);
    expect(buttons()).toEqual(['确认', '驳回']);
  });

  test('reads back the money and what allows it before it is confirmed', () => {
    render(<SpendingSteps request={request({ can: ['CONFIRM'] })} onDone={() => undefined} />);
    fireEvent.click(screen.getByRole('button', { name: '确认' }));
    screen.getByText('您已看过合同和报价，同意支出 ¥9,300.00。准许依据：业主大会2026-2-3《更换单元门禁》。');
  });

  test('keeps what was typed about a payment when it is closed before it was sent', () => {
    const form = <SpendingSteps request={request({ can: ['PAY'] })} onDone={() => undefined} />;
    const typed = () => screen.getByLabelText('银行流水号');
    const { unmount } = render(form);
    fireEvent.input(typed(), { target: { value: 'ICBC0001' } });
    unmount();
    render(form);
    expect(typed()).toHaveProperty('value', 'ICBC0001');
  });

  test('says which budget of which year carries it', () => {
    const basis = { kind: 'DECISION', decisionId: 'D2', number: '业主大会2026-1-2', title: '绿化' } as const;
    render(<SpendingLine request={request({ basis: { ...basis, budgetYear: 2026 } })} />);
    screen.getByText('准许依据：业主大会2026-1-2《绿化》，2026 年度预算');
  });
});
