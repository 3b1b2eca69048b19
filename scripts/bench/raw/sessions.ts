import { tokenHash } from '../crypto.ts';
import type { RawDatabase } from './database.ts';

export interface RawCaller {
  readonly personId: string;
  readonly sessionId: string;
  readonly grants: readonly Grant[];
}

interface Grant {
  readonly estate_id: string;
  readonly role: string;
  readonly unit_id: string | null;
  readonly organisation_id: string | null;
}

const CACHE_MS = 20_000;
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The same check as the server's: the same two statements, kept for as long. */
export class RawSessions {
  private readonly cache = new Map<string, { readonly caller: RawCaller; readonly until: number }>();
  private readonly database: RawDatabase;

  constructor(database: RawDatabase) {
    this.database = database;
  }

  async find(authorization: string): Promise<RawCaller | null> {
    const hash = tokenHash(authorization.slice('Bearer '.length));
    const now = Date.now();
    const cached = this.cache.get(hash);
    if (cached !== undefined && cached.until > now) return cached.caller;
    const [session] = await this.database.rows<{ id: string; person_id: string }>(
      `SELECT id, person_id, expires_at, last_seen_at FROM sessions
       WHERE token_hash = ? AND revoked_at IS NULL AND expires_at > ?`,
      [hash, now],
    );
    if (session === undefined) return null;
    const grants = await this.grants(session.person_id, now);
    const caller = { personId: session.person_id, sessionId: session.id, grants };
    this.cache.set(hash, { caller, until: now + CACHE_MS });
    return caller;
  }

  private grants(personId: string, now: number): Promise<Grant[]> {
    const today = DAY.format(now);
    return this.database.rows<Grant>(
      `SELECT estate_id, kind AS role, unit_id, NULL AS organisation_id FROM residencies
       WHERE person_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)
       UNION ALL
       SELECT oe.estate_id, m.role, NULL AS unit_id, m.organisation_id
       FROM memberships m LEFT JOIN organisation_estates oe ON oe.organisation_id = m.organisation_id
         AND (m.estate_id IS NULL OR oe.estate_id = m.estate_id)
       WHERE m.person_id = ? AND m.confirmed_at IS NOT NULL AND m.starts_on <= ? AND (m.ends_on IS NULL OR m.ends_on >= ?)`,
      [personId, now, now, personId, today, today],
    );
  }
}
