import { Inject, Injectable } from '@nestjs/common';
import type { SessionSummary } from '@linli/shared/identity';
import { shanghaiDate } from '@linli/shared/kernel';
import { Caller, Sessions, type Grant } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { BlindIndex, newToken, tokenHash } from '../../kernel/crypto/index.ts';
import { Database, type Reader, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ids } from '../../kernel/ids/ids.ts';

const LIFETIME_MS = 90 * 24 * 3_600_000;
/** A replica may trust what it read this long: a revoked session is dead everywhere within it. */
const SESSION_CACHE_MS = 20_000;
const CACHE_ENTRIES = 20_000;
/** `last_seen_at` is for people; it need not be exact, and a write on each request would be waste. */
const SEEN_EVERY_MS = 3_600_000;

/** Where somebody signs in from. */
export interface SignInPlace {
  readonly device: string;
  readonly address: string;
}

interface SessionRow {
  id: string;
  person_id: string;
  expires_at: number;
  last_seen_at: number;
}

interface CachedCaller {
  readonly caller: Caller;
  readonly until: number;
}

/** Opaque sessions, hashed at rest; the caller with all grants is read once and kept for {@link SESSION_CACHE_MS}. */
@Injectable()
export class SessionsService extends Sessions {
  private readonly cache = new Map<string, CachedCaller>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(BlindIndex) private readonly index: BlindIndex,
  ) {
    super();
  }

  /** Starts a session and answers its token. */
  async open(tx: Transaction, personId: string, device: string): Promise<string> {
    return (await this.start(tx, personId, { device, address: null })).token;
  }

  /** Starts a session inside the sign-in's transaction; answers its id and the token, which is never stored. */
  async start(
    tx: Transaction,
    personId: string,
    { device, address }: SignInPlace | { readonly device: string; readonly address: null },
  ): Promise<{ readonly id: string; readonly token: string }> {
    const id = this.ids.next();
    const token = newToken();
    const now = this.clock.now();
    await tx.insert('sessions', {
      id,
      person_id: personId,
      token_hash: tokenHash(token),
      device: device.slice(0, 60),
      network_index: address === null ? null : this.index.of('network', networkOf(address)),
      created_at: now,
      last_seen_at: now,
      expires_at: now + LIFETIME_MS,
      revoked_at: null,
    });
    return { id, token };
  }

  known(token: string): Caller | undefined {
    const cached = this.cache.get(tokenHash(token));
    return cached !== undefined && cached.until > this.clock.now() ? cached.caller : undefined;
  }

  async find(token: string): Promise<Caller | null> {
    const hash = tokenHash(token);
    const now = this.clock.now();
    this.cache.delete(hash);
    const session = await this.database.row<SessionRow>(
      `SELECT id, person_id, expires_at, last_seen_at FROM sessions
       WHERE token_hash = ? AND revoked_at IS NULL AND expires_at > ?`,
      [hash, now],
    );
    if (session === null) return null;
    const caller = await loadCaller(this.database, session.person_id, session.id, now);
    this.remember(hash, caller, now);
    if (now - session.last_seen_at > SEEN_EVERY_MS) await this.markSeen(session.id, now);
    return caller;
  }

  async list(caller: Caller): Promise<SessionSummary[]> {
    const rows = await this.database.rows<{
      id: string;
      device: string;
      created_at: number;
      last_seen_at: number;
    }>(
      `SELECT id, device, created_at, last_seen_at FROM sessions
       WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY id DESC LIMIT 50`,
      [caller.personId, this.clock.now()],
    );
    return rows.map((row) => ({
      id: row.id,
      device: row.device,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      current: row.id === caller.sessionId,
    }));
  }

  /** Ends one of the caller's own sessions. Another person's id is simply not found. */
  async revoke(caller: Caller, sessionId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const ended = await tx.run(
        'UPDATE sessions SET revoked_at = ? WHERE id = ? AND person_id = ? AND revoked_at IS NULL',
        [this.clock.now(), sessionId, caller.personId],
      );
      if (ended === 0) throw refuse('NOT_FOUND');
      await this.audit.record(tx, caller, {
        action: 'SESSION.REVOKED',
        estateId: null,
        subjectType: 'session',
        subjectId: sessionId,
      });
    });
    this.forget((known) => known.sessionId === sessionId);
  }

  /** Grants changed (a home was bound, a term ended): this replica reads them anew. */
  forgetPerson(personId: string): void {
    this.forget((known) => known.personId === personId);
  }

  /** Of a whole estate, in one walk. */
  forgetPeople(personIds: readonly string[]): void {
    const changed = new Set(personIds);
    this.forget((known) => changed.has(known.personId));
  }

  private forget(which: (caller: Caller) => boolean): void {
    for (const [hash, { caller }] of this.cache) if (which(caller)) this.cache.delete(hash);
  }

  private remember(hash: string, caller: Caller, now: number): void {
    if (this.cache.size >= CACHE_ENTRIES) {
      const oldest = this.cache.keys().next().value;
      if (oldest !== undefined) this.cache.delete(oldest);
    }
    this.cache.set(hash, { caller, until: now + SESSION_CACHE_MS });
  }

  private async markSeen(sessionId: string, now: number): Promise<void> {
    await this.database.transaction((tx) =>
      tx.run('UPDATE sessions SET last_seen_at = ? WHERE id = ?', [now, sessionId]),
    );
  }
}

/**
 * The network of an address: its first three bytes, or the /48 of IPv6. Enough to tell two places apart in the audit
 * log, too little to find a person by.
 */
function networkOf(address: string): string {
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [front = '', back = ''] = address.split('::');
  const groups = front === '' ? [] : front.split(':');
  const missing = Math.max(0, 8 - groups.length - back.split(':').length);
  return [...groups, ...Array.from({ length: missing }, () => '0'), '0', '0', '0'].slice(0, 3).join(':');
}

interface GrantRow {
  estate_id: string | null;
  role: string;
  unit_id: string | null;
  organisation_id: string | null;
}

/**
 * Everything a person may be now: homes in force, and memberships confirmed and within their term, each where it was
 * granted and the organisation still serves.
 */
export async function loadCaller(
  reader: Reader,
  personId: string,
  sessionId: string,
  now: number,
): Promise<Caller> {
  const today = shanghaiDate(now);
  const rows = await reader.rows<GrantRow>(
    `SELECT estate_id, kind AS role, unit_id, NULL AS organisation_id FROM residencies
     WHERE person_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)
     UNION ALL
     SELECT oe.estate_id, m.role, NULL AS unit_id, m.organisation_id
     FROM memberships m LEFT JOIN organisation_estates oe ON oe.organisation_id = m.organisation_id
         AND (m.estate_id IS NULL OR oe.estate_id = m.estate_id)
     WHERE m.person_id = ? AND m.confirmed_at IS NOT NULL AND m.starts_on <= ? AND (m.ends_on IS NULL OR m.ends_on >= ?)`,
    [personId, now, now, personId, today, today],
  );
  const grants = rows.flatMap(({ estate_id: estateId, role, unit_id, organisation_id }): Grant[] =>
    estateId === null || role === 'OPERATOR'
      ? []
      : [{ estateId, role: role as Grant['role'], unitId: unit_id, organisationId: organisation_id }],
  );
  const operator = rows.some(({ role }) => role === 'OPERATOR');
  return new Caller(personId, sessionId, grants, operator);
}
