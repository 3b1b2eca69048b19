import type { DoubleCount, RejectionReason, TallyResult } from '../assembly/index.ts';
import type { AnnouncedMotion, LoggedCount } from './leaves.ts';

const logged = ({ areaCentiSqm, heads }: DoubleCount): LoggedCount => [areaCentiSqm, heads];

/** A motion's count as the last leaf announces it. */
export function announcedMotion(motionId: string, result: TallyResult): AnnouncedMotion {
  const rejected: Partial<Record<RejectionReason, number>> = {};
  for (const { reason } of result.rejected) rejected[reason] = (rejected[reason] ?? 0) + 1;
  const breakdown = Object.entries(result.breakdown).map(([mark, count]) => [mark, logged(count)] as const);
  return {
    motion: motionId,
    outcome: result.outcome,
    reasons: result.reasons,
    total: logged(result.total),
    part: logged(result.participating),
    favour: logged(result.inFavour),
    breakdown: Object.fromEntries(breakdown),
    rejected,
  };
}
