import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, fireEvent, render, screen } from '@testing-library/react';
import {
  CallRow,
  ConfirmButton,
  ConfirmSheet,
  Deadline,
  DoubleBar,
  Field,
  LedgerLine,
  Link,
  Money,
  PhotoPicker,
  PostingChip,
  Tap,
  TextInput,
  Toggle,
  type UploadedPhoto,
} from '../src/components';
import { DAY_MS, HOUR_MS } from '@linli/shared/kernel';
import { clientError } from '../src/request';
import { settle } from './support/settle';

afterEach(settle);

const nothing = () => undefined;

function last<T>(list: readonly T[]): T {
  const item = list[list.length - 1];
  if (item === undefined) throw new Error('there is none');
  return item;
}

const sheet = (part: { readonly busy?: boolean; readonly error?: string } = {}) => {
  const done: string[] = [];
  render(
    <ConfirmSheet
      open
      title="确认投票"
      sentence="您家 1 套房、89.37 ㎡ 将投“同意”，截止前可以改。"
      doLabel="确认投票"
      onConfirm={() => {
        done.push('投票');
      }}
      onClose={() => {
        done.push('关闭');
      }}
      {...part}
    />,
  );
  return done;
};

describe('the confirm sheet', () => {
  test('reads back in a sentence what will happen', () => {
    sheet();
    expect(screen.getByText('您家 1 套房、89.37 ㎡ 将投“同意”，截止前可以改。')).toBeTruthy();
  });

  test('has the safe answer first', () => {
    sheet();
    const buttons = screen.getAllByRole('button').map((button) => button.textContent);
    expect(buttons.slice(-2)).toEqual(['再想想', '确认投票']);
  });

  test('does what it says, and nothing on the safe answer', () => {
    const done = sheet();
    fireEvent.click(screen.getByText('再想想'));
    expect(done).toEqual(['关闭']);
    fireEvent.click(last(screen.getAllByText('确认投票')));
    expect(done).toEqual(['关闭', '投票']);
  });

  test('cannot be closed or confirmed again while it is under way', () => {
    const done = sheet({ busy: true });
    fireEvent.click(screen.getByText('再想想'));
    fireEvent.keyDown(window, { key: 'Escape' });
    fireEvent.click(last(screen.getAllByText('确认投票')));
    expect(done).toEqual([]);
  });

  test('says why it did not work, and stays open', () => {
    sheet({ error: '投票已经截止' });
    expect(screen.getByRole('alert').textContent).toBe('投票已经截止');
  });

  test('begins with the keyboard inside it', () => {
    sheet();
    expect(document.activeElement?.className).toBe('sheet__panel');
  });

  test('keeps it there: after its last button comes its first, and the other way round', () => {
    sheet();
    const buttons = screen.getAllByRole('button');
    const [first] = buttons;
    const end = last(buttons);
    first?.focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Tab', shiftKey: true });
    expect(document.activeElement).toBe(end);
    fireEvent.keyDown(end, { key: 'Tab' });
    expect(document.activeElement).toBe(first);
  });
});

describe('a button that asks first', () => {
  const refusal = clientError('NETWORK.FAILED').message;
  const button = (...answers: readonly ('DONE' | 'REFUSED')[]) => {
    const left = [...answers];
    const done: string[] = [];
    render(
      <ConfirmButton
        text="撤回申请"
        ask={{ title: '撤回申请', sentence: '撤回后材料马上删除。', doLabel: '撤回' }}
        perform={() =>
          left.shift() === 'DONE' ? Promise.resolve('撤回了') : Promise.reject(clientError('NETWORK.FAILED'))
        }
        onDone={(answer) => {
          done.push(answer);
        }}
      />,
    );
    return done;
  };
  const ask = () => fireEvent.click(last(screen.getAllByText('撤回申请')));
  const answer = async (words: string) => {
    fireEvent.click(screen.getByText(words));
    await settle();
  };

  test('sends nothing until the answer is yes', async () => {
    const done = button('DONE');
    ask();
    expect(screen.getByText('撤回后材料马上删除。')).toBeTruthy();
    await answer('再想想');
    expect(screen.queryByText('撤回后材料马上删除。')).toBeNull();
    expect(done).toEqual([]);
  });

  test('tells what came of it, and the question is gone', async () => {
    const done = button('DONE');
    ask();
    await answer('撤回');
    expect(done).toEqual(['撤回了']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('refused, it stays open with the reason, which is not there when it is asked anew', async () => {
    const done = button('REFUSED', 'DONE');
    ask();
    await answer('撤回');
    expect(screen.getByRole('alert').textContent).toBe(refusal);
    await answer('再想想');
    ask();
    expect(screen.queryByRole('alert')).toBeNull();
    await answer('撤回');
    expect(done).toEqual(['撤回了']);
  });
});

describe('what is read aloud', () => {
  test('an amount as one number, though the fen are drawn smaller', () => {
    const { container } = render(<Money fen={123456} />);
    expect(container.firstElementChild?.getAttribute('aria-label')).toBe('¥1,234.56');
    expect(container.textContent).toBe('¥1,234.56');
  });

  test('a ledger line with its sign in a word', () => {
    render(
      <LedgerLine
        direction="OUT"
        what="路灯更换"
        who="恒亮电器"
        when="8月12日"
        amountFen={349936}
        decision="2024年第1号决议"
        hasVoucher
        onTap={nothing}
      />,
    );
    expect(screen.getByRole('button').getAttribute('aria-label')).toBe(
      '支 ¥3,499.36，路灯更换，恒亮电器，8月12日，2024年第1号决议，有凭证',
    );
  });

  test('both counts of an assembly, with what is missing in words', () => {
    render(
      <DoubleBar
        heads={{
          label: '户数',
          value: 359,
          whole: 557,
          threshold: [2, 3],
          text: '359 / 557 户',
          missing: '还差 13 户',
          reached: '',
        }}
        area={{
          label: '面积',
          value: 2,
          whole: 3,
          threshold: [2, 3],
          text: '2 / 3 ㎡',
          missing: null,
          reached: '已达到三分之二',
        }}
      />,
    );
    expect(screen.getAllByRole('img').map((bar) => bar.getAttribute('aria-label'))).toEqual([
      '户数：359 / 557 户，64.4%，门槛 2/3，还差 13 户',
      '面积：2 / 3 ㎡，66.6%，门槛 2/3，已达到三分之二',
    ]);
  });

  test('a switch with the way it stands', () => {
    render(<Toggle on label="长辈模式" onChange={nothing} />);
    const toggle = screen.getByRole('switch');
    expect(toggle.getAttribute('aria-label')).toBe('长辈模式，已打开');
    expect(toggle.getAttribute('aria-checked')).toBe('true');
  });

  test('a field’s input by the field’s name, and that it is wrong', () => {
    render(
      <Field label="标题" error="最多填 40 个字">
        <TextInput value="" onChange={nothing} />
      </Field>,
    );
    expect(screen.getByLabelText('标题').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toBe('最多填 40 个字');
  });

  test('whom a row calls', () => {
    render(<CallRow department="消防救援大队" duty="消防通道堵塞" phone="0994-7212345" />);
    expect(screen.getByRole('button').getAttribute('aria-label')).toBe(
      '打电话给消防救援大队，0994-7212345，消防通道堵塞',
    );
  });
});

describe('the posting chip', () => {
  test('of a missing item says whose duty it is', () => {
    const { container } = render(<PostingChip state={{ status: 'MISSING' }} duty="物业公司" />);
    expect(container.textContent).toBe('未公示应由物业公司公示');
  });

  test('of a posted item blames nobody', () => {
    const { container } = render(<PostingChip state={{ status: 'POSTED', days: 3 }} duty="物业公司" />);
    expect(container.textContent).toBe('已公示 3 天');
  });

  test('of an overdue item counts the days', () => {
    const { container } = render(<PostingChip state={{ status: 'OVERDUE', days: 12 }} duty="业主委员会" />);
    expect(container.textContent).toBe('逾期 12 天应由业主委员会公示');
  });
});

const chipText = (at: number, duty = false) =>
  render(<Deadline at={at} what="截止" overdueCounts={duty} />).container.querySelector('.chip')?.textContent;

describe('a deadline', () => {
  test('counts in days, and on the last day in hours', () => {
    expect(chipText(Date.now() + 3 * DAY_MS + HOUR_MS)).toBe('剩 3 天');
    expect(chipText(Date.now() + 5 * HOUR_MS + 60_000)).toBe('剩 5 小时');
  });

  test('of a vote that has passed is closed, of a duty it is overdue', () => {
    expect(chipText(Date.now() - 2 * DAY_MS)).toBe('已截止');
    expect(chipText(Date.now() - 2 * DAY_MS - HOUR_MS, true)).toBe('逾期 2 天');
  });
});

describe('with the keyboard', () => {
  test('Enter and space press, other keys do not', () => {
    let pressed = 0;
    render(
      <Tap
        onTap={() => {
          pressed += 1;
        }}
      >
        打开
      </Tap>,
    );
    const button = screen.getByRole('button');
    expect(button.tabIndex).toBe(0);
    fireEvent.keyDown(button, { key: 'Enter' });
    fireEvent.keyDown(button, { key: ' ' });
    fireEvent.keyDown(button, { key: 'a' });
    expect(pressed).toBe(2);
  });

  test('Enter presses a link in a sentence', () => {
    let opened = 0;
    render(
      <Link
        onTap={() => {
          opened += 1;
        }}
      >
        《隐私政策》
      </Link>,
    );
    fireEvent.keyDown(screen.getByRole('link'), { key: 'Enter' });
    expect(opened).toBe(1);
  });
});

describe('choosing photos', () => {
  let picked: File[];

  beforeEach(() => {
    picked = [new File(['1'], '1.jpg'), new File(['2'], '2.jpg')];
    let made = 0;
    Object.assign(URL, {
      createObjectURL: () => {
        made += 1;
        return `blob:${made}`;
      },
    });
    // The browser's own dialog: the person picks at once.
    HTMLInputElement.prototype.click = function click(this: HTMLInputElement) {
      Object.defineProperty(this, 'files', { value: picked });
      this.dispatchEvent(new Event('change'));
    };
  });

  test('a photo that does not get through stays, says why, and goes through on the second try', async () => {
    const added: UploadedPhoto[] = [];
    let broken = true;
    const upload = (path: string) =>
      broken && path === 'blob:2'
        ? Promise.reject(clientError('NETWORK.FAILED'))
        : Promise.resolve({ id: path, url: `/files/${path}`, thumbUrl: null });
    render(
      <PhotoPicker
        photos={added}
        onAdd={(photo) => {
          added.push(photo);
        }}
        onRemove={nothing}
        upload={upload}
      />,
    );
    fireEvent.click(screen.getByLabelText('添加照片，还能加 9 张'));
    await screen.findByText('重试');
    expect(added.map(({ id }) => id)).toEqual(['blob:1']);
    expect(screen.getByRole('alert').textContent).toBe('有照片没有传上去：连不上服务器，请检查网络后再试');

    broken = false;
    await act(async () => {
      fireEvent.click(screen.getByText('重试'));
      await Promise.resolve();
    });
    expect(added.map(({ id }) => id)).toEqual(['blob:1', 'blob:2']);
  });

  test('stops at nine', () => {
    const photos = Array.from({ length: 9 }, (_, index) => ({
      id: String(index),
      url: `/files/${index}`,
      thumbUrl: null,
    }));
    render(
      <PhotoPicker
        photos={photos}
        onAdd={nothing}
        onRemove={nothing}
        upload={() => Promise.reject(new Error())}
      />,
    );
    expect(screen.queryByLabelText(/添加照片/)).toBeNull();
  });
});
