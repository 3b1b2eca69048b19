import type { SignInResponse } from '@linli/shared/identity';

/** What every way of signing in is given. */
export interface WayToSignIn {
  readonly afterAgreeing: (go: () => void) => void;
  readonly onSignedIn: (answer: SignInResponse) => void;
}
