/** Names a decision of the owners' assembly for good; contracts and vouchers cite it: 业主大会2026-2-1. */
export function decisionNumber(year: number, assemblyOfYear: number, motionOfAssembly: number): string {
  return `业主大会${year}-${assemblyOfYear}-${motionOfAssembly}`;
}

export interface DecisionNumber {
  readonly year: number;
  readonly assemblyOfYear: number;
  readonly motionOfAssembly: number;
}

/** Reads a number back from a spreadsheet or a contract; null where it is none. */
export function parseDecisionNumber(text: string): DecisionNumber | null {
  const match = /^业主大会(\d{4})-(\d{1,3})-(\d{1,3})$/.exec(text.trim());
  if (match === null) return null;
  const [, year, assembly, motion] = match;
  return { year: Number(year), assemblyOfYear: Number(assembly), motionOfAssembly: Number(motion) };
}
