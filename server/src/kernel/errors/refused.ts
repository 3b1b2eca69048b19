import { refuse as refusal, type FieldError, type Refusal, type RefusalDetails } from '@linli/shared/errors';
import { CATALOGUE, type ErrorCode } from './catalogue.ts';

/**
 * An expected "no" on its way out of a use case: what cannot be done, and why. Anything else that is thrown is a
 * fault of ours and answers 500 without details.
 */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`);
  }
}

/** `throw refuse('RATE.LIMITED', { params: { seconds: 30 } })` */
export function refuse<Code extends ErrorCode>(
  code: Code,
  ...details: RefusalDetails<typeof CATALOGUE, Code>
): Refused {
  return new Refused(refusal(CATALOGUE, code, ...details));
}

/** A rule's report as a refusal: the code's status, the rule's own sentence (its numbers make it clear). */
export function refuseBecause(
  code: ErrorCode,
  sentence: string,
  fields: readonly FieldError[] = [],
): Refused {
  return new Refused({ code, status: CATALOGUE[code].status, message: sentence, fields });
}
