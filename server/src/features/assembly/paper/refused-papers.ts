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

/** The ballots to whose papers their owners objected, and rightly so. */
export async function annulledBallots(reader: Reader, assemblyId: string): Promise<ReadonlySet<string>> {
  const rows = await reader.rows<{ ballot_id: string }>(
    `SELECT b.ballot_id FROM paper_returns r JOIN paper_return_ballots b ON b.return_id = r.id
     WHERE r.assembly_id = ? AND b.annulled_at IS NOT NULL`,
    [assemblyId],
  );
  return new Set(rows.map((row) => row.ballot_id));
}
