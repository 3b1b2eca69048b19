import { type DoubleMeasure, fractionWords, type Measure } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import type { CountBar } from '@/components';

/** Both bars of a turnout. The residents' package has its own: a subpackage cannot lean on another. */
export function turnoutBars({ heads, area, threshold }: DoubleMeasure): { heads: CountBar; area: CountBar } {
  const bar = (label: string, part: Measure, unit: (n: number) => string): CountBar => ({
    label,
    value: part.have,
    whole: part.of,
    threshold: threshold.share,
    text: `${unit(part.have)} / ${unit(part.of)}`,
    missing: part.reached ? null : `还差 ${unit(part.missing)}`,
    reached: `已达到${fractionWords(threshold.share)}`,
  });
  return { heads: bar('户数', heads, (n) => `${n} 户`), area: bar('面积', area, formatSqm) };
}
