import { SetMetadata } from '@nestjs/common';
import type { EstateRole } from '@linli/shared/identity';

/**
 * Who may call a route. Every handler names one; a handler without one is refused to everybody and fails the
 * access test.
 */
export type AccessRule =
  /** Nobody needs to sign in. `why` is printed in the access table. */
  | { readonly kind: 'PUBLIC'; readonly why: string }
  /** Any signed-in person; the use case looks only at what is the caller's own. */
  | { readonly kind: 'SIGNED_IN' }
  /** Holders of one of the roles in the estate named by `:estateId`. */
  | { readonly kind: 'ESTATE'; readonly roles: readonly EstateRole[] }
  /** Holders of one of the roles in any estate; the use case looks only at the estates where they hold it. */
  | { readonly kind: 'SOMEWHERE'; readonly roles: readonly EstateRole[] }
  /** The deployment's operator. */
  | { readonly kind: 'OPERATOR' };

export const ACCESS_RULE = 'linli:access';

export const Public = (why: string) => SetMetadata(ACCESS_RULE, { kind: 'PUBLIC', why } satisfies AccessRule);
export const SignedIn = () => SetMetadata(ACCESS_RULE, { kind: 'SIGNED_IN' } satisfies AccessRule);
export const InEstate = (roles: readonly EstateRole[]) =>
  SetMetadata(ACCESS_RULE, { kind: 'ESTATE', roles } satisfies AccessRule);
export const InSomeEstate = (roles: readonly EstateRole[]) =>
  SetMetadata(ACCESS_RULE, { kind: 'SOMEWHERE', roles } satisfies AccessRule);
export const OperatorOnly = () => SetMetadata(ACCESS_RULE, { kind: 'OPERATOR' } satisfies AccessRule);
