import type { PaperRefusal } from '@linli/shared/assembly';
import type { Reader } from '../../../kernel/database/index.ts';

/** How many papers of a meeting took no part, by reason. */
export async function refusedPapers(
  reader: Reader,
  assemblyId: string,
): Promise<Partial<Record<PaperRefusal, number>>> {
  const rows = await reader.rows<{ reason: string; papers: number }>(
    `SELECT reason, COUNT(*) AS papers FROM paper_returns WHERE assembly_id = ? AND state = 'REFUSED'
     GROUP BY reason ORDER BY reason`,
    [assemblyId],
  );
  return Object.fromEntries(rows.map(({ reason, papers }) => [reason, Number(papers)]));
}
