import type {
  DoubleCount,
  ElectionResult,
  ElectionTerms,
  RejectionReason,
  TallyResult,
} from '../assembly/index.ts';
import type { AgendaElection, AnnouncedElection, AnnouncedMotion, LoggedCount } from './leaves.ts';

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

/** An election as the agenda commits to it. */
export function agendaElection(election: string, terms: ElectionTerms): AgendaElection {
  const { seats, sitting, committeeSeats, minElected, alternatesMax } = terms;
  return {
    election,
    seats,
    sitting,
    committee: committeeSeats,
    minimum: minElected,
    alternates: alternatesMax,
  };
}

/** Who is elected, as the last leaf announces it; candidates are named by their motions. */
export function announcedElection(election: string, result: ElectionResult): AnnouncedElection {
  const { outcome, reasons, elected, tied, alternates, openSeats: open } = result;
  return { election, outcome, reasons, elected, tied, alternates, open };
}
