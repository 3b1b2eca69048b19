import type { RadarRowView } from '@linli/shared/disclosure';
import { Chip } from '@/components';

/** How an item stands, in a word. */
export function RadarChip({ row }: { readonly row: Pick<RadarRowView, 'state' | 'chip'> }) {
  switch (row.state) {
    case 'MISSING':
      return (
        <Chip tone="bad" icon="alert">
          {row.chip}
        </Chip>
      );
    case 'OVERDUE':
      return (
        <Chip tone="urgent" icon="clock">
          {row.chip}
        </Chip>
      );
    case 'POSTED':
      return (
        <Chip tone="good" icon="check">
          {row.chip}
        </Chip>
      );
    case 'NOT_DUE':
      return <Chip>{row.chip}</Chip>;
  }
}
