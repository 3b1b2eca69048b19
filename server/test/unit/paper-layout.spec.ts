import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import Printer from 'pdfkit';
import type { OnlineBallotMode, VotingRules } from '@linli/shared/assembly';
import { REGION_PROFILES } from '@linli/shared/regions';
import { paperAdvice } from '../../src/features/assembly/paper/paper-advice.ts';
import { layOut, type PrintedBallot } from '../../src/features/assembly/paper/paper-layout.ts';
import { printable, printBallots } from '../../src/features/assembly/paper/print-ballots.ts';
import { linesOf, type Mark, PAGE } from '../../src/kernel/pdf/index.ts';
import { FONT, glyphsOf } from '../../src/kernel/pdf/print.ts';

const widthOf = (character: string) => (character.charCodeAt(0) < 128 ? 0.5 : 1);

const LONG = '对 1 至 6 号楼渗漏的屋面重做防水，预算 238,000 元，从维修资金列支（以审价为准），完工后公示。';

function ballotOf(facts: Partial<PrintedBallot> = {}): PrintedBallot {
  return {
    numberText: '0042-K7QF',
    address: 'https://linli.example.com/?paper=0042-K7QF',
    estate: '康宁家园',
    meeting: '2026年第2次业主大会会议',
    title: '秋季业主大会',
    homes: ['3号楼 2单元 501'],
    owners: ['王小明'],
    weight: '1 票，89.37 ㎡',
    advice: ['每项议题只选一项。'],
    motions: [{ heading: '议题 1　屋面防水', voteClass: '普通事项：双过半', text: LONG }],
    ...facts,
  };
}

const textsOf = (page: readonly Mark[]) => page.flatMap((mark) => (mark.kind === 'TEXT' ? [mark.text] : []));
const motionsOf = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => ({
    heading: `议题 ${index + 1}`,
    voteClass: '普通事项',
    text,
  }));

describe('lines of Chinese text', () => {
  test('are no wider than the paper, and lose no character', () => {
    for (const width of [5, 8, 13, 21]) {
      const lines = linesOf(LONG.repeat(3), width, widthOf);
      const wide = lines.filter((line) => [...line].reduce((sum, c) => sum + widthOf(c), 0) > width);
      expect(wide).toEqual([]);
      expect(lines.join('').replaceAll(' ', '')).toBe(LONG.repeat(3).replaceAll(' ', ''));
    }
  });

  test('do not begin with a closing mark or end with an opening one', () => {
    for (let width = 6; width < 30; width += 1)
      for (const line of linesOf(LONG.repeat(4), width, widthOf)) {
        expect('，。）、'.includes(line[0] ?? ' ')).toBe(false);
        expect('（'.includes(line.at(-1) ?? ' ')).toBe(false);
      }
  });

  test('keep numbers whole', () => {
    expect(linesOf('预算是 238,000 元', 4, widthOf)).toEqual(['预算是', '238,000', '元']);
  });

  test('break a word that is longer than a line', () => {
    expect(linesOf('A'.repeat(25), 5, widthOf)).toEqual(['A'.repeat(10), 'A'.repeat(10), 'A'.repeat(5)]);
  });
});

describe('what a ballot says before its motions', () => {
  const { voting } = REGION_PROFILES.national;
  const advice = (rules: Partial<VotingRules> = {}, mode: OnlineBallotMode = 'NATIVE') =>
    paperAdvice({ ...voting, ...rules }, mode, '12月10日 周四 20:00');

  test('is how to mark it, what 弃权 and an open question count as, by when and where, and which channel goes first', () => {
    expect(advice()).toEqual([
      '每项议题只选一项，在方框里打“√”。选“弃权”的，算参加表决，不算同意；没有勾选的，或者勾了两项的，算参加表决，不算同意。',
      '请在 12月10日 周四 20:00 以前交到业主委员会或社区居民委员会，当场登记编号；过时交回的不计入。',
      '也可以扫码在手机上投票。纸质票和手机都投了的，以最后收到的为准。请不要复印，同一编号只收一张。',
    ]);
  });

  test('follows the rules of the vote', () => {
    expect(advice({ abstain: 'EXCLUDED' })[0]).toContain('选“弃权”的，这一项不算参加表决；');
    expect(advice({ blank: 'EXCLUDED' })[0]).toContain('勾了两项的，这一项不算参加表决。');
    expect(advice({ channelPriority: 'PAPER' })[2]).toContain('以纸质票为准');
  });

  test('begins with what a vote that binds nobody is worth', () => {
    expect(advice({}, 'OFFICIAL_PLATFORM_ONLY')[0]).toContain('不产生法律效力');
    expect(advice({}, 'ADVISORY')).toHaveLength(4);
  });
});

describe('a ballot on pages', () => {
  test('one motion fits one page with number, choices and signature', () => {
    const pages = layOut(ballotOf(), widthOf);
    expect(pages).toHaveLength(1);
    const texts = textsOf(pages[0] ?? []);
    expect(texts).toEqual(expect.arrayContaining(['同意', '反对', '弃权', '业主签名', '第 1 页 共 1 页']));
    expect(texts).toContain('0042-K7QF');
  });

  test('twenty long motions run over pages, each with the number and how many there are', () => {
    const pages = layOut(ballotOf({ motions: motionsOf(20, LONG.repeat(6)) }), widthOf);
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      const texts = textsOf(page);
      expect(texts).toContain(`第 ${index + 1} 页 共 ${pages.length} 页`);
      expect(texts.some((text) => text.startsWith('0042-K7QF'))).toBe(true);
      for (const mark of page) expect(mark.y).toBeLessThan(PAGE.height - PAGE.foot + 1);
    });
    const boxes = pages.flat().filter(({ kind }) => kind === 'BOX');
    expect(boxes).toHaveLength(60);
  });

  test('no heading stands alone at the foot of a page, and no choices without what they decide', () => {
    for (const text of [LONG, LONG.repeat(2), LONG.repeat(7), '同意更换。'])
      for (const page of layOut(ballotOf({ motions: motionsOf(20, text) }), widthOf)) {
        const body = page.filter(({ kind }) => kind !== 'QR').slice(0, -2);
        const last = body.at(-1);
        expect(last?.kind === 'TEXT' && last.text.startsWith('普通事项')).toBe(false);
        expect(body[0]?.kind).not.toBe('BOX');
      }
  });

  test('an election has a box for each candidate and one for none, each beside its name', () => {
    const candidates = Array.from({ length: 30 }, (_, index) => ({
      name: `${index + 1}号 王小明`,
      text: LONG.repeat(index % 4),
    }));
    const election = {
      heading: '议题 1　选举业委会委员：应选 5 人，候选人 30 人',
      voteClass: '普通事项',
      rule: '最多选 5 人。',
      candidates,
      none: '都不选',
    };
    const pages = layOut(ballotOf({ motions: [election, ...motionsOf(1, LONG)] }), widthOf);
    expect(pages.length).toBeGreaterThan(1);
    const boxes = pages.flatMap((page) => page.filter(({ kind }) => kind === 'BOX'));
    expect(boxes).toHaveLength(30 + 1 + 3);
    for (const { name } of [...candidates, { name: '都不选' }]) {
      const beside = pages.filter((page) => {
        const written = page.find((mark) => mark.kind === 'TEXT' && mark.text === name);
        return page.some(({ kind, y }) => kind === 'BOX' && Math.abs(y - (written?.y ?? -99)) < 6);
      });
      expect(beside).toHaveLength(1);
    }
  });

  test('a couple and a family each have a line to sign on', () => {
    const lines = (owners: string[]) =>
      textsOf(layOut(ballotOf({ owners }), widthOf).flat()).filter((text) => text === '业主签名').length;
    expect([
      lines(['王小明']),
      lines(['王小明', '李红']),
      lines(['一', '二', '三', '四', '五', '六']),
    ]).toEqual([1, 2, 4]);
  });
});

describe('a character that the font lacks', () => {
  const font = { printable: (text: string) => text.replaceAll('𪚥', '□') };
  const NOTE = /“□”是字库没有的字，请在旁边手写/;
  const adviceOf = (facts: Partial<PrintedBallot>) => printable(ballotOf(facts), font).advice.join('');

  test('of an owner’s or a candidate’s name is never a box without a word to write it by hand', () => {
    expect(printable(ballotOf({ owners: ['王𪚥'] }), font).owners).toEqual(['王□']);
    expect(adviceOf({ owners: ['王𪚥'] })).toMatch(NOTE);
    const election = {
      heading: '',
      voteClass: '',
      rule: '',
      none: '',
      candidates: [{ name: '𪚥', text: '' }],
    };
    expect(adviceOf({ motions: [election] })).toMatch(NOTE);
    expect(adviceOf({})).not.toMatch(NOTE);
  });

  test('is none of 通用规范汉字表 that names are written with, nor of its rare ones', async () => {
    const file = await readFile(createRequire(import.meta.url).resolve(FONT));
    const glyphs = glyphsOf(new Printer({ autoFirstPage: false }).font(file));
    // The first and last of its three levels, and rare ones of its third that were asked for by name.
    const common = [
      ...'一乙二十丁厂七卜八矗乂乜兀弋孑亍囗鹰鼙鼟亏彳忒卬殳毌邘戋圢氕伋仝冮氿汈氾忉宄訏㛃䶮𬭎𬸚𪩘𬀪䲠䲢鼒鼯鼽齄龘',
    ];
    expect(common.filter((character) => glyphs.printable(character) !== character)).toEqual([]);
  });
});

describe('the PDF', () => {
  test('embeds only the characters that are used, rare ones among them, and is small', async () => {
    const owners = ['欧阳𬭎', '㛃䶮', '阿卜杜热合曼·买买提依明·努尔买买提', '𪚥'];
    const pdf = await printBallots([ballotOf({ owners }), ballotOf({ numberText: '0043-AAAA' })], '测试');
    const chunks: Buffer[] = [];
    for await (const chunk of pdf) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    expect(body.subarray(0, 5).toString()).toBe('%PDF-');
    expect(body.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect(body.length).toBeLessThan(120_000);
    expect(body.toString('latin1')).toContain('NotoSansSC');
  });
});
