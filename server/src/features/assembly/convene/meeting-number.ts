import { parseDecisionNumber } from '@linli/shared/assembly';
import type { Reader } from '../../../kernel/database/index.ts';

/**
 * The next meeting of the year. Meetings that were held before the estate joined are known by their registered
 * decisions (业主大会2026-1-2), and their numbers are not given twice.
 */
export async function nextMeetingOfYear(reader: Reader, estateId: string, year: number): Promise<number> {
  const held = await reader.row<{ latest: number | null }>(
    'SELECT MAX(meeting_of_year) AS latest FROM assemblies WHERE estate_id = ? AND meeting_year = ?',
    [estateId, year],
  );
  const registered = await reader.rows<{ number_taken: string }>(
    'SELECT number_taken FROM decisions WHERE estate_id = ? AND number_taken LIKE ?',
    [estateId, `业主大会${year}-%`],
  );
  const taken = registered.map((row) => parseDecisionNumber(row.number_taken)?.assemblyOfYear ?? 0);
  return Math.max(held?.latest ?? 0, ...taken) + 1;
}
