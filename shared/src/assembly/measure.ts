import { type Fraction, atLeast, formatPercent, leastReaching, moreThan } from '../kernel/index.ts';
import type { DoubleCount } from './counts.ts';
import type { ApprovalThreshold } from './voting-rules.ts';

/** One count against its threshold: what one bar on the screen shows. */
export interface Measure {
  readonly have: number;
  readonly of: number;
  /** The least that reaches the threshold. */
  readonly needed: number;
  /** How much is missing; 0 when reached. */
  readonly missing: number;
  readonly reached: boolean;
  /** have/of, cut off and never rounded up. */
  readonly percent: string;
}

/** Both counts against the same threshold; reached only when both are. */
export interface DoubleMeasure {
  readonly heads: Measure;
  readonly area: Measure;
  readonly reached: boolean;
  readonly threshold: ApprovalThreshold;
}

/** Turnout (参与表决) against the quorum (法定人数): a share of everyone, and exactly the share is enough. */
export function measureTurnout(
  total: DoubleCount,
  participating: DoubleCount,
  quorum: Fraction,
): DoubleMeasure {
  return measureBoth(participating, total, { share: quorum, strict: false });
}

/** Approval (同意) against the class's threshold: a share of those who took part. */
export function measureApproval(
  participating: DoubleCount,
  inFavour: DoubleCount,
  threshold: ApprovalThreshold,
): DoubleMeasure {
  return measureBoth(inFavour, participating, threshold);
}

function measureBoth(part: DoubleCount, whole: DoubleCount, threshold: ApprovalThreshold): DoubleMeasure {
  const heads = measure(part.heads, whole.heads, threshold);
  const area = measure(part.areaCentiSqm, whole.areaCentiSqm, threshold);
  return { heads, area, reached: heads.reached && area.reached, threshold };
}

function measure(have: number, of: number, { share, strict }: ApprovalThreshold): Measure {
  const reached = (strict ? moreThan : atLeast)(have, of, share);
  const needed = leastReaching(of, share, strict);
  return {
    have,
    of,
    needed,
    missing: reached ? 0 : needed - have,
    reached,
    percent: formatPercent(have, of),
  };
}
