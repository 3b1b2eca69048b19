import type { MembershipRole } from '@linli/shared/identity';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { DataTable, desksOf } from '../src/components/staff';
import { Button, TextInput } from '../src/components';
import { comeBack, goUnder } from './stubs/taro';
import { membership } from './support/people';

function screenIs(wide: boolean): void {
  Object.assign(window, { matchMedia: () => ({ matches: wide }) });
}

interface Ticket {
  readonly id: string;
  readonly title: string;
}
const TICKETS: readonly Ticket[] = ['消防通道被堵', '电梯异响', '楼道灯不亮'].map((title, index) => ({
  id: `T${index + 1}`,
  title,
}));

function queue(keyboard = true): string[] {
  const opened: string[] = [];
  render(
    <>
      <DataTable
        caption="工单"
        rows={TICKETS}
        columns={[
          { key: 'id', title: '单号', cell: ({ id }) => id },
          { key: 'title', title: '内容', cell: ({ title }) => title },
        ]}
        rowKey={({ id }) => id}
        rowLabel={({ id, title }) => `${id} ${title}`}
        card={({ title }) => title}
        keyboard={keyboard}
        onOpen={({ id }) => {
          opened.push(id);
        }}
      />
      <Button
        onTap={() => {
          opened.push('逾期');
        }}
      >
        逾期
      </Button>
      <TextInput label="搜索" value="" onChange={() => undefined} />
    </>,
  );
  return opened;
}

beforeEach(() => {
  // jsdom lays nothing out and so cannot scroll.
  Element.prototype.scrollIntoView = () => undefined;
});

afterEach(() => {
  screenIs(false);
});

describe('the queue on a laptop', () => {
  test('is worked with j, k and Enter', () => {
    screenIs(true);
    const opened = queue();
    for (const key of ['j', 'j', 'j', 'k', 'Enter']) fireEvent.keyDown(window, { key });
    expect(opened).toEqual(['T2']);
  });

  test('says so, and a second table that does not hear them says nothing of them', () => {
    screenIs(true);
    queue();
    queue(false);
    expect(screen.getAllByText(/^键盘：j 下一行/)).toHaveLength(1);
  });

  test('a page that lies under another one does not hear them', () => {
    screenIs(true);
    const opened = queue();
    act(goUnder);
    fireEvent.keyDown(window, { key: 'Enter' });
    expect(opened).toEqual([]);
    act(comeBack);
    fireEvent.keyDown(window, { key: 'Enter' });
    expect(opened).toEqual(['T1']);
  });

  test('Enter on a button presses the button alone', () => {
    screenIs(true);
    const opened = queue();
    fireEvent.keyDown(screen.getByRole('button', { name: '逾期' }), { key: 'Enter' });
    expect(opened).toEqual(['逾期']);
  });

  test('Tab stops once at the table, and j takes the focus along', () => {
    screenIs(true);
    const opened = queue();
    const [first, second] = screen.getAllByRole('row').slice(1);
    expect([first?.tabIndex, second?.tabIndex]).toEqual([0, -1]);
    fireEvent.keyDown(screen.getByRole('button', { name: '逾期' }), { key: 'j' });
    expect(document.activeElement).toBe(second);
    expect([first?.tabIndex, second?.tabIndex]).toEqual([-1, 0]);
    fireEvent.keyDown(second ?? window, { key: 'Enter' });
    expect(opened).toEqual(['T2']);
  });

  test('leaves the keys alone while something is typed', () => {
    screenIs(true);
    const opened = queue();
    fireEvent.keyDown(screen.getByLabelText('搜索'), { key: 'j' });
    fireEvent.keyDown(screen.getByLabelText('搜索'), { key: 'Enter' });
    expect(opened).toEqual([]);
  });

  test('opens the row that is clicked, and goes on from there', () => {
    screenIs(true);
    const opened = queue();
    fireEvent.click(screen.getByText('电梯异响'));
    fireEvent.keyDown(window, { key: 'j' });
    fireEvent.keyDown(window, { key: 'Enter' });
    expect(opened).toEqual(['T2', 'T3']);
  });
});

describe('the queue on a phone', () => {
  test('is a list of cards', () => {
    screenIs(false);
    const opened = queue();
    expect(screen.queryByRole('table')).toBeNull();
    fireEvent.click(screen.getByText('楼道灯不亮'));
    expect(opened).toEqual(['T3']);
  });
});

const places = (role: MembershipRole, counted: readonly string[] = []) =>
  desksOf([membership({ role })], (key) => counted.includes(key)).flatMap(({ desks }) =>
    desks.map(({ key }) => key),
  );

describe('the places of the workbench', () => {
  test('a treasurer sees the committee’s, a clerk the company’s without what only the manager decides', () => {
    expect(places('COMMITTEE_TREASURER')).toContain('income');
    expect(places('COMPANY_CLERK')).toContain('tickets');
    expect(places('COMPANY_CLERK')).not.toContain('claims');
    expect(places('COMPANY_MANAGER')).toContain('claims');
  });

  test('the books are in the menu of the company or the community where they keep them', () => {
    for (const role of ['COMPANY_MANAGER', 'COMPANY_CLERK', 'COMMUNITY_OFFICER'] as const) {
      expect(places(role, ['income'])).toContain('income');
      expect(places(role)).not.toContain('income');
    }
    expect(places('STREET_OFFICER', ['income'])).not.toContain('income');
  });

  test('a person of two organisations has a group for each, and no place twice in one', () => {
    const groups = desksOf(
      [
        membership({ role: 'COMMITTEE_CHAIR' }),
        membership({ id: 'm2', role: 'COMMITTEE_TREASURER' }),
        membership({
          id: 'm3',
          organisationId: 'o2',
          organisationName: '奇台社区',
          role: 'COMMUNITY_OFFICER',
        }),
      ],
      () => true,
    );
    expect(groups.map(({ title }) => title)).toEqual(['康宁家园业主委员会', '奇台社区']);
    for (const { desks } of groups) expect(new Set(desks).size).toBe(desks.length);
  });
});
