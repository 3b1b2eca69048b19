/** Where a rule comes from. The law is data here, and data without a source is an opinion. */

export const SOURCE_BASES = ['LAW', 'LOCAL_LAW', 'POLICY', 'DRAFT', 'PRODUCT'] as const;
/**
 * 法律法规和司法解释, 地方性法规, 已印发的文件, 征求意见稿 (not in force), and 平台约定: what the product decided where
 * the law is silent, and what an estate's own 议事规则 may decide otherwise.
 */
export type SourceBasis = (typeof SOURCE_BASES)[number];

export interface Source {
  readonly basis: SourceBasis;
  /** Document and article, as it would be cited to a resident. */
  readonly citation: string;
  /** False where the text was not at hand: look it up before relying on it. */
  readonly verified: boolean;
}

/** A value that names its source. */
export interface Cited<Value> {
  readonly value: Value;
  readonly source: Source;
}

export function cited<const Value>(value: Value, source: Source): Cited<Value> {
  return { value, source };
}

export const law = (citation: string): Source => ({ basis: 'LAW', citation, verified: true });
export const localLaw = (citation: string): Source => ({ basis: 'LOCAL_LAW', citation, verified: true });
export const policy = (citation: string): Source => ({ basis: 'POLICY', citation, verified: true });
export const draft = (citation: string): Source => ({ basis: 'DRAFT', citation, verified: true });
/** Says why the product decided so. */
export const product = (why: string): Source => ({
  basis: 'PRODUCT',
  citation: `平台约定：${why}`,
  verified: true,
});
export const fromMemory = (source: Source): Source => ({ ...source, verified: false });
