import { beforeEach, describe, expect, test } from '@jest/globals';
import type { EnterPaperRequest, PaperReturnDetail } from '@linli/shared/assembly';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { PaperEntryForm } from '../src/packages/workbench-assembly/components/paper-entry-form';
import { readLines, ticked } from '../src/packages/workbench-assembly/paper-marks';
import { useDrafts, useSession } from '../src/stores';
import { person } from './support/people';
import { ok, TestServer } from './support/server';

const asked = (id: string, title: string, electionId: string | null) => ({
  id,
  title,
  electionId,
  electionSeats: electionId === null ? null : 1,
});
const MOTIONS = [
  asked('m', '屋面防水', null),
  asked('x', '选举业委会委员：1号 张三', 'e'),
  asked('y', '选举业委会委员：2号 李四', 'e'),
];
const CANDIDATES = MOTIONS.slice(1);

const PAPER: PaperReturnDetail = {
  id: 'paper',
  numberText: '0001-AAAA',
  label: '1号楼 101',
  receivedAt: 0,
  receivedBy: '主任',
  state: 'WAITING',
  reason: null,
  entries: [],
  canEnter: true,
  objection: null,
  note: '',
  scans: [],
  motions: MOTIONS,
  voters: [{ id: 'owner', name: '王*' }],
  agent: { id: 'mandate', name: '孙*', forWhom: '王*', motionIds: null },
};

describe('an election that is read from a paper', () => {
  test('is one line, with its names, with nobody, or spoiled and why', () => {
    const said = (marks: Parameters<typeof readLines>[1]) => readLines(MOTIONS, marks)[1]?.said;
    expect(readLines(MOTIONS, { m: 'INVALID' }).map(({ what }) => what)).toEqual([
      '1. 屋面防水',
      '2. 选举业委会委员：应选 1 人，候选人 2 人',
    ]);
    expect(said({ x: 'BLANK', y: 'FOR' })).toBe('选 2号 李四');
    expect(said({ x: 'ABSTAIN', y: 'ABSTAIN' })).toBe('都不选');
    expect(said({})).toBe('未填');
    expect(said({ x: 'FOR', y: 'FOR' })).toBe('应选 1 人，选了 2 人，这一选举作废');
  });

  test('leaves who is not ticked blank, and is not read any more without a tick', () => {
    const one = ticked({ m: 'FOR', x: 'ABSTAIN', y: 'ABSTAIN' }, CANDIDATES, 'x', true);
    expect(one).toEqual({ m: 'FOR', x: 'FOR', y: 'BLANK' });
    expect(ticked(one, CANDIDATES, 'y', true)).toEqual({ m: 'FOR', x: 'FOR', y: 'FOR' });
    expect(ticked(one, CANDIDATES, 'x', false)).toEqual({ m: 'FOR' });
  });
});

describe('the entry form', () => {
  let server: TestServer;
  beforeEach(() => {
    server = new TestServer().install();
    useDrafts.getState().discardAll();
    useSession.setState({ token: 't', estateId: 'e1' });
    server.on('POST /api/estates/e1/assemblies/a/paper/returns/paper/entries', () =>
      ok({ ...PAPER, state: 'ONCE' }),
    );
  });

  test('takes the agent’s signature alone, and an election with too many ticks as it stands', async () => {
    render(<PaperEntryForm assemblyId="a" paper={PAPER} />);
    const tap = (name: RegExp, role = 'checkbox') => {
      fireEvent.click(screen.getByRole(role, { name }));
    };
    tap(/^王\* 签了名/);
    tap(/^代理人 孙\* 签了名/);
    expect(screen.getByRole('checkbox', { name: /^王\* 签了名/ }).getAttribute('aria-checked')).toBe('false');
    tap(/^屋面防水：同意/, 'radio');
    tap(/^1号 张三 勾了/);
    tap(/^2号 李四 勾了/);
    expect(screen.getByText('应选 1 人，选了 2 人，这一选举作废，照样录入')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '核对后提交' }));
    expect(screen.getByText(/代理人 孙\* 签名/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: '提交录入' }));
    const [sent] = await waitFor(() => {
      const requests = server.requests('POST /api/estates/e1/assemblies/a/paper/returns/paper/entries');
      expect(requests).toHaveLength(1);
      return requests;
    });
    expect(sent?.body).toEqual({
      reason: null,
      signers: ['mandate'],
      marks: [
        { motionId: 'm', mark: 'FOR' },
        { motionId: 'x', mark: 'FOR' },
        { motionId: 'y', mark: 'FOR' },
      ],
    } satisfies EnterPaperRequest);
  });

  test('keeps what has been read until it is submitted, for this reader alone', async () => {
    const readBy = (id: string) => {
      act(() => {
        useSession.setState({ me: person({ id }) });
      });
      return render(<PaperEntryForm assemblyId="a" paper={PAPER} />);
    };
    const isFor = () =>
      screen.getByRole('radio', { name: /^屋面防水：同意/ }).getAttribute('aria-checked') === 'true';

    const first = readBy('first');
    fireEvent.click(screen.getByRole('checkbox', { name: /^王\* 签了名/ }));
    fireEvent.click(screen.getByRole('radio', { name: /^屋面防水：同意/ }));
    fireEvent.click(screen.getByRole('checkbox', { name: /^1号 张三 勾了/ }));
    first.unmount();

    const second = readBy('second');
    expect(isFor()).toBe(false);
    second.unmount();

    readBy('first');
    expect(isFor()).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: '核对后提交' }));
    fireEvent.click(screen.getByRole('button', { name: '提交录入' }));
    await waitFor(() => {
      expect(useDrafts.getState().drafts).toEqual({});
    });
  });
});
