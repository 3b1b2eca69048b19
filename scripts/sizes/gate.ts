/** One thing that must not grow beyond its limit. Kilobytes of 1,000 bytes: the stricter reading. */
export interface Gate {
  readonly name: string;
  readonly bytes: number;
  readonly limitKb: number;
}

export function holds(gate: Gate): boolean {
  return gate.bytes <= gate.limitKb * 1000;
}

/** `ok    weapp main package            312.4 KB of 700 KB` */
export function gateLine(gate: Gate): string {
  const verdict = holds(gate) ? 'ok    ' : 'FAILED';
  return `${verdict} ${gate.name.padEnd(36)} ${(gate.bytes / 1000).toFixed(1).padStart(7)} KB of ${gate.limitKb} KB`;
}
