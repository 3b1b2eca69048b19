import { type Fraction, formatPercent, formatSqm } from '../kernel/index.ts';
import { type DoubleMeasure, type Measure, measureApproval, measureTurnout } from './measure.ts';
import type { VoteClass } from './matters.ts';
import type { TallyReason, TallyResult } from './tally.ts';
import { type ApprovalThreshold, type VotingRules, approvalThreshold } from './voting-rules.ts';

/** A result in words a resident understands, with every number that it rests on. */
export interface ResultExplanation {
  /** 通过 / 未通过 / 未达法定人数 / 未表决 in one sentence with both fractions. */
  readonly headline: string;
  /** One sentence for each reason; empty when passed. */
  readonly sentences: readonly string[];
  /** The two double bars; null where nothing was voted. */
  readonly turnout: DoubleMeasure | null;
  readonly approval: DoubleMeasure | null;
}

export function explainResult(
  result: TallyResult,
  voteClass: VoteClass,
  rules: VotingRules,
): ResultExplanation {
  if (result.outcome === 'NOT_VOTED') {
    const sentences = result.reasons.map((reason) => NOT_VOTED_SENTENCES[reason] ?? '');
    return { headline: `未表决：${sentences.join('；')}`, sentences, turnout: null, approval: null };
  }
  const turnout = measureTurnout(result.total, result.participating, rules.quorum);
  const approval = measureApproval(
    result.participating,
    result.inFavour,
    approvalThreshold(rules, voteClass),
  );
  return {
    headline: headlineOf(result, turnout, approval),
    sentences: result.reasons.filter((r) => r !== 'OK').map((r) => reasonSentence(r, turnout, approval)),
    turnout,
    approval,
  };
}

const NOT_VOTED_SENTENCES: Readonly<Partial<Record<TallyReason, string>>> = {
  WITHDRAWN: '这项议题已经撤回，不再表决',
  NOT_ON_AGENDA: '这项议题没有列入公布的议程，依法不能表决',
  EMPTY_ROLL: '名册里没有可以参与表决的业主，请核对名册',
};

function headlineOf({ outcome }: TallyResult, turnout: DoubleMeasure, approval: DoubleMeasure): string {
  if (outcome === 'NO_QUORUM') {
    return `未达法定人数：参与表决 ${pair(turnout)}，须都达到全体的${fractionWords(turnout.threshold.share)}`;
  }
  const verdict = outcome === 'PASSED' ? '通过' : '未通过';
  return `${verdict}：同意 ${pair(approval)}，须都${thresholdWords(approval.threshold)}`;
}

function reasonSentence(reason: TallyReason, turnout: DoubleMeasure, approval: DoubleMeasure): string {
  const quorum = fractionWords(turnout.threshold.share);
  switch (reason) {
    case 'QUORUM_HEADS':
      return `参与表决 ${share(turnout.heads, households, '全体')}，没有达到${quorum}，还差 ${households(turnout.heads.missing)}`;
    case 'QUORUM_AREA':
      return `参与表决面积 ${share(turnout.area, formatSqm, '全体')}，没有达到${quorum}，还差 ${formatSqm(turnout.area.missing)}`;
    case 'APPROVAL_HEADS':
      return `同意 ${share(approval.heads, households, '参与表决')}，没有${thresholdWords(approval.threshold)}`;
    case 'APPROVAL_AREA':
      return `同意面积 ${share(approval.area, formatSqm, '参与表决')}，没有${thresholdWords(approval.threshold)}`;
    default:
      return NOT_VOTED_SENTENCES[reason] ?? '';
  }
}

/** "5 户（50.00%）、500.00 ㎡（41.66%）". */
function pair({ heads, area }: DoubleMeasure): string {
  return `${households(heads.have)}（${heads.percent}）、${formatSqm(area.have)}（${area.percent}）`;
}

/** "7 户，占全体 12 户的 58.33%". */
function share({ have, of }: Measure, unit: (value: number) => string, whole: string): string {
  return `${unit(have)}，占${whole} ${unit(of)} 的 ${formatPercent(have, of)}`;
}

function households(count: number): string {
  return `${count} 户`;
}

/** 超过一半, 达到四分之三: with the word that says whether the share itself is enough. */
export function thresholdWords({ share: [n, d], strict }: ApprovalThreshold): string {
  return `${strict ? '超过' : '达到'}${fractionWords([n, d])}`;
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** [2, 3] → 三分之二, [1, 2] → 一半. */
export function fractionWords([n, d]: Fraction): string {
  if (n * 2 === d) return '一半';
  return `${DIGITS[d] ?? d}分之${DIGITS[n] ?? n}`;
}
