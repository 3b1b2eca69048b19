import type { DoubleCount } from './counts.ts';
import type { AssemblyState } from './status.ts';

/**
 * The developer's delegate 建设单位投票人. All that a developer still holds is one head (JQ 9); a company votes through a
 * person, whom 社区 or 街道 registers on its letter of authority 授权委托书: they guide the assembly and take no side in it.
 *
 * - GET  /api/estates/:estateId/developer-votes                   → DeveloperMeeting[], what can be registered for now
 * - GET  /api/estates/:estateId/assemblies/:id/developers          → DeveloperVote[], for conveners and those who register
 * - PUT  /api/estates/:estateId/assemblies/:id/developer-delegate  RegisterDelegateRequest → DeveloperVote[]
 *
 * A delegate may be nobody else in the estate, as may an agent or a guardian, so each reads and votes through an own
 * address:
 * - GET  /api/me/delegated-assemblies                  → DelegatedAssembly[]
 * - GET  /api/me/delegated-assemblies/:id              → AssemblyDetail
 * - GET  /api/me/delegated-assemblies/:id/result       → AssemblyResult
 * - POST /api/me/delegated-assemblies/:id/ballots      CastBallotRequest; Idempotency-Key → BallotReceipt
 */
export interface DeveloperVote {
  readonly principalId: string;
  readonly developer: string;
  /** Those that count; parking spaces do not. */
  readonly units: number;
  readonly counts: DoubleCount;
  /** Masked; null while nobody is registered. */
  readonly delegate: string | null;
}

/** A coming or running meeting in which a developer still has a vote. */
export interface DeveloperMeeting {
  readonly assemblyId: string;
  readonly name: string;
  readonly title: string;
  readonly state: AssemblyState;
  /** Instants, epoch ms. */
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  readonly developers: readonly DeveloperVote[];
}

export interface RegisterDelegateRequest {
  readonly principalId: string;
  /** Whose account it is; null takes the delegate back. */
  readonly phone: string | null;
  /** The letter, uploaded as MATERIAL; null only when the delegate is taken back. */
  readonly letterFileId: string | null;
}

export interface DelegatedAssembly {
  readonly assemblyId: string;
  /** What for: 建设单位, an owner who gave a mandate, a ward. */
  readonly as: 'DEVELOPER' | 'PROXY' | 'GUARDIAN';
  readonly estateId: string;
  readonly estateName: string;
  readonly title: string;
}
