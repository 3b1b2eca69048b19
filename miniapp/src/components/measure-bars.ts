import { type DoubleMeasure, fractionWords, type Measure } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import type { CountBar } from './double-bar';

/** Both bars of a turnout or a result. */
export function barsOf(measure: DoubleMeasure): { readonly heads: CountBar; readonly area: CountBar } {
  const { heads, area, threshold } = measure;
  const bar = (label: string, part: Measure, unit: (n: number) => string): CountBar => ({
    label,
    value: part.have,
    whole: part.of,
    threshold: threshold.share,
    text: `${unit(part.have)} / ${unit(part.of)}`,
    missing: part.reached ? null : `还差 ${unit(part.missing)}`,
    reached: threshold.strict
      ? `已超过${fractionWords(threshold.share)}`
      : `已达到${fractionWords(threshold.share)}`,
  });
  return { heads: bar('户数', heads, (n) => `${n} 户`), area: bar('面积', area, formatSqm) };
}
