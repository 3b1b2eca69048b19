import type { Reader } from '../../../kernel/database/index.ts';

/** Whether an owner of the frozen roll still owns a home of the principal today. */
export async function stillOwns(reader: Reader, principalId: string, ownerId: string): Promise<boolean> {
  const row = await reader.row(
    `SELECT 1 AS found FROM assembly_roll_units u JOIN ownerships s ON s.unit_id = u.unit_id
     WHERE u.principal_id = ? AND s.owner_id = ? LIMIT 1`,
    [principalId, ownerId],
  );
  return row !== null;
}
