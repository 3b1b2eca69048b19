import { formatSqm } from '../kernel/index.ts';
import type { DoubleCount } from './counts.ts';
import { type DoubleMeasure, measureTurnout } from './measure.ts';
import type { VotingRules } from './voting-rules.ts';

/** The live turnout of a vote: how many took part so far and what is missing. Never what they chose. */
export interface Turnout {
  readonly total: DoubleCount;
  readonly participating: DoubleCount;
  readonly quorum: DoubleMeasure;
  /** "还差 12 户、843.21 ㎡ 才达到法定人数". */
  readonly sentence: string;
}

export function turnoutOf(
  total: DoubleCount,
  participating: DoubleCount,
  { quorum }: Pick<VotingRules, 'quorum'>,
): Turnout {
  const measured = measureTurnout(total, participating, quorum);
  return { total, participating, quorum: measured, sentence: missingSentence(measured) };
}

function missingSentence({ heads, area, reached }: DoubleMeasure): string {
  if (reached) return '已达到法定人数，仍可继续投票';
  const missing = [
    heads.missing > 0 ? `${heads.missing} 户` : '',
    area.missing > 0 ? formatSqm(area.missing) : '',
  ].filter((text) => text !== '');
  return missing.length === 0 ? '还没有可以参与表决的业主' : `还差 ${missing.join('、')} 才达到法定人数`;
}
