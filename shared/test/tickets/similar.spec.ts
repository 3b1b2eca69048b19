import { describe, expect, it } from '@jest/globals';
import { bigrams, dicePermille, similarTickets } from '../../src/tickets/index.ts';

describe('similar open complaints', () => {
  const open = [
    {
      id: 'lane',
      category: 'FIRE_LANE',
      place: '3号楼东侧消防通道',
      text: '消防通道被面包车堵住 一辆白色面包车停在消防通道上好几天了',
    },
    {
      id: 'lane9',
      category: 'FIRE_LANE',
      place: '9号楼地下车库',
      text: '安全出口上锁 地下车库的安全出口一直锁着打不开',
    },
    { id: 'park', category: 'PARKING', place: '3号楼东侧', text: '有车一直乱停 白色面包车停在路中间' },
    { id: 'noise', category: 'NOISE_FUME', place: '商铺S03', text: '烧烤店油烟太大 晚上开窗都是油烟' },
  ] as const;
  const draft = {
    category: 'FIRE_LANE',
    place: '3号楼东边消防通道',
    text: '消防通道停着面包车 白色面包车堵住消防通道 消防车进不来',
  } as const;

  it('finds the same lane, and not another one on the other side of the estate', () => {
    expect(similarTickets(draft, open).map(({ ticket }) => ticket.id)).toEqual(['lane']);
  });

  it('says why it is offered', () => {
    expect(similarTickets(draft, open)[0]?.reasons).toEqual(['同一类别', '同一地点', '内容相近']);
  });

  it('offers nothing for an empty draft of another kind', () => {
    expect(similarTickets({ category: 'GAS', place: '', text: '' }, open)).toEqual([]);
  });

  it('is blind to full width, blanks and punctuation', () => {
    expect(bigrams('３号楼，东侧')).toEqual(bigrams('3号楼 东侧'));
    expect(dicePermille(bigrams('消防通道'), bigrams('消防通道'))).toBe(1000);
    expect(dicePermille(new Set(), new Set())).toBe(0);
  });
});
