import type { SpendableDecision } from '../assembly/index.ts';
import type { Fen } from '../kernel/index.ts';
import { type BookLine, bookChanges, pairLines } from './books.ts';
import { type DecisionContext, findDecision, type LineCharge, UNCHARGED } from './decisions.ts';
import type { StatementLine } from './statement.ts';

/**
 * The decision of each line with what is left of it for this line: what the books will take back is given back before,
 * what stands in them is charged, and every line leaves the next one less. Two lines that fit alone may not fit together.
 */
export function lineCharges(
  lines: readonly StatementLine[],
  booked: readonly BookLine[],
  context: Pick<DecisionContext, 'decisions'>,
): readonly LineCharge[] {
  const standing = booked.filter(({ takenBackAt }) => takenBackAt === null);
  const movedFen = new Map<string, Fen>();
  const move = (id: string, fen: Fen) => movedFen.set(id, (movedFen.get(id) ?? 0) + fen);
  for (const { line } of bookChanges(standing, lines).toTakeBack) {
    const decision = citedBy(line, context);
    if (decision !== null) move(decision.id, -amountOf(line));
  }
  const pairs = pairLines(lines, standing);
  return lines.map((line, index) => {
    const decision = citedBy(line, context);
    if (decision === null) return UNCHARGED;
    const found = { ...decision, spentFen: decision.spentFen + (movedFen.get(decision.id) ?? 0) };
    const isCharged = pairs[index] !== null;
    if (!isCharged) move(decision.id, amountOf(line));
    return { decision: found, isCharged };
  });
}

function citedBy(
  { dir, decisionNo }: StatementLine,
  context: Pick<DecisionContext, 'decisions'>,
): SpendableDecision | null {
  if (dir === 'INCOME' || decisionNo === null) return null;
  return findDecision(decisionNo, context)?.spendable ?? null;
}

const amountOf = (line: StatementLine): Fen => (line.dir === 'SPEND' ? line.amountFen : 0);
