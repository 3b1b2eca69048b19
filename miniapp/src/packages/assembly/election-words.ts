import type { PetitionSummary } from '@linli/shared/assembly';

/** 还差 12 户 while it is gathered; then whose turn it is. */
export function petitionWords({ state, progress, duty }: PetitionSummary): string {
  return state === 'OPEN' ? progress.sentence : duty.sentence;
}
