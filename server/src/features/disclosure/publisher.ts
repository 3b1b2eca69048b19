import type { EstateRole } from '@linli/shared/identity';
import type { Caller } from '../../kernel/access/index.ts';
import type { Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { officeOf } from './duty.ts';

/** The organisation that speaks, as people know it. */
export interface Publisher {
  readonly organisationId: string;
  readonly name: string;
}

/** For whom the caller publishes: the organisation of the first fitting role. */
export async function publisherOf(
  reader: Reader,
  caller: Caller,
  estateId: string,
  roles: readonly EstateRole[],
): Promise<Publisher> {
  const organisationId = officeOf(caller, estateId, roles);
  if (organisationId === null) throw refuse('ACCESS.DENIED');
  const row = await reader.row<{ name: string }>('SELECT name FROM organisations WHERE id = ?', [
    organisationId,
  ]);
  return { organisationId, name: row?.name ?? '' };
}
