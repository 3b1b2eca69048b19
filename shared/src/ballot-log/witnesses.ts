import type { Instant } from '../kernel/index.ts';

/** Who watches the log from outside 见证方: 监票人 or 社区. */
export const WITNESS_KINDS = ['SCRUTINEER', 'COMMUNITY'] as const;
export type WitnessKind = (typeof WITNESS_KINDS)[number];
export const WITNESS_KIND_LABELS: Readonly<Record<WitnessKind, string>> = {
  SCRUTINEER: '监票人',
  COMMUNITY: '社区',
};

export const WITNESS_LIMITS = {
  labelMin: 2,
  labelMax: 40,
  keyMax: 200,
  lineMax: 400,
  /** With the log's two keys while one is changed, as many signatures as a reader of notes must take. */
  most: 12,
  /** How far a witness's clock may be off. */
  clockMs: 10 * 60_000,
} as const;

/** A registered witness. Its secret never leaves its own computer; only the public key is known here. */
export interface LogWitness {
  readonly id: string;
  readonly kind: WitnessKind;
  /** "康宁社区居委会". */
  readonly label: string;
  /** `name+id+key` (C2SP). */
  readonly key: string;
  readonly registeredAt: Instant;
  readonly retiredAt: Instant | null;
  /** What the witness's computer opens. */
  readonly address: string;
}

/** POST /api/estates/:estateId/log-witnesses */
export interface RegisterWitnessRequest {
  readonly kind: WitnessKind;
  readonly label: string;
  readonly key: string;
}

/** What a witness has signed of one log. */
export interface WitnessState {
  readonly kind: WitnessKind;
  readonly label: string;
  /** `name+id+key`. */
  readonly key: string;
  /** Leaves of the newest checkpoint it signed; null where it has signed none. */
  readonly size: number | null;
  readonly at: Instant | null;
}

/** GET /api/public/log-witnesses/:witnessId: what there is to sign. Sizes only: no ballot, no name. */
export interface WitnessDuties {
  readonly label: string;
  readonly logs: readonly {
    readonly assemblyId: string;
    readonly origin: string;
    /** Leaves of the newest checkpoint. */
    readonly size: number;
    /** Leaves of the newest checkpoint that this witness has signed. */
    readonly signed: number | null;
  }[];
}

/** POST /api/public/log-witnesses/:witnessId/logs/:assemblyId */
export interface CosignRequest {
  readonly size: number;
  /** "— name signature", with its newline (C2SP tlog-cosignature). */
  readonly line: string;
}
