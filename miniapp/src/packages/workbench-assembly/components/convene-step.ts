import type { ConveningOptions } from '@linli/shared/assembly';
import type { FieldError } from '@linli/shared/errors';
import type { ConveneForm } from '../model';

/** What each step of convening is given. */
export interface ConveneStepProps {
  readonly form: ConveneForm;
  readonly options: ConveningOptions;
  /** Shown once the person has tried to go on. */
  readonly faults: readonly FieldError[];
  readonly merge: (part: Partial<ConveneForm>) => void;
}
