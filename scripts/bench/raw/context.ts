import { type KeyObject, randomBytes } from 'node:crypto';
import type { RawDatabase, RawStatements, Value } from './database.ts';
import type { RawCaller } from './sessions.ts';

/** What one request is answered from. */
export interface RawContext {
  readonly database: RawDatabase;
  readonly caller: RawCaller;
  readonly fieldKey: KeyObject;
  readonly urlKey: KeyObject;
  readonly indexKey: KeyObject;
  readonly logKey: KeyObject;
}

export const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Time first, as the server's ids: inserts go to the end of the index in both. */
export const newId = () => {
  const time = Date.now().toString().padStart(14, '0');
  return `0${time}${Array.from(randomBytes(11), (byte) => ALPHABET[byte % 32]).join('')}`;
};

export interface AuditEntry {
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly after: object;
}

export async function audit(
  statements: RawStatements,
  caller: RawCaller,
  estateId: string,
  { action, subjectType, subjectId, after }: AuditEntry,
): Promise<void> {
  const row: Record<string, Value> = {
    id: newId(),
    at: Date.now(),
    person_id: caller.personId,
    session_id: caller.sessionId,
    roles: caller.grants.map(({ role }) => role).join(','),
    action,
    estate_id: estateId,
    subject_type: subjectType,
    subject_id: subjectId,
    before_json: null,
    after_json: JSON.stringify(after),
  };
  await statements.insert('audit_log', row);
}
