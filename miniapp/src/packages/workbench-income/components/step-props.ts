import type { SpendingRequest } from '@linli/shared/spending';

/** A step of a request, and what happens once it is taken. */
export interface StepProps {
  readonly request: SpendingRequest;
  readonly onDone: () => void;
}
