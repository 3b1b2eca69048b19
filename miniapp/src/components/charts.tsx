import { Text, View } from '@tarojs/components';
import { spoken } from '@/platform';
import { classNames } from './class-names';
import './charts.css';

export interface ChartRow {
  readonly label: string;
  readonly value: number;
  /** The number as it is read: ¥12,600.00. */
  readonly text: string;
  /** Drawn apart from the others: this quarter, this item. */
  readonly marked?: boolean;
}

/** Horizontal bars with the number beside each: the form that everybody can read. */
export function BarChart({ rows, label }: { readonly rows: readonly ChartRow[]; readonly label: string }) {
  const largest = Math.max(1, ...rows.map((row) => Math.abs(row.value)));
  return (
    <View className="bar-chart" {...spoken({ role: 'list', label })}>
      {rows.map((row) => (
        <View key={row.label} className="bar-chart__row" {...spoken({ label: `${row.label} ${row.text}` })}>
          <View className="row row--between">
            <Text>{row.label}</Text>
            <Text className="bar-chart__text">{row.text}</Text>
          </View>
          <View className="bar-chart__track">
            <View
              className={classNames('bar-chart__fill', row.marked === true && 'bar-chart__fill--marked')}
              style={{ width: `${Math.floor((Math.abs(row.value) * 1000) / largest) / 10}%` }}
            />
          </View>
        </View>
      ))}
    </View>
  );
}

/** Six colours that are told apart also without seeing red and green; what is more goes into one last slice. */
const SLICES = ['#15705B', '#D08A2E', '#1D5FBF', '#8C4A7D', '#6E8B3D', '#7A828A'] as const;

export interface DonutProps {
  readonly rows: readonly ChartRow[];
  readonly label: string;
  /** In the hole: 支出合计, ¥63,990.00. */
  readonly caption: string;
  readonly total: string;
}

/** The parts of a whole; the list beside it says the same in numbers. */
export function Donut({ rows, label, caption, total }: DonutProps) {
  const shown = withRest(rows.filter((row) => row.value > 0));
  const stops = conicStops(shown.map((row) => row.value));
  return (
    <View className="donut" {...spoken({ role: 'img', label: `${label}，${caption} ${total}` })}>
      <View className="donut__ring" style={{ backgroundImage: `conic-gradient(${stops})` }}>
        <View className="donut__hole">
          <Text className="t-caption t-muted">{caption}</Text>
          <Text className="t-strong donut__total">{total}</Text>
        </View>
      </View>
      <View className="donut__legend">
        {shown.map((row, index) => (
          <View key={row.label} className="donut__row">
            <View className="donut__mark" style={{ backgroundColor: colourOf(index) }} />
            <Text className="donut__name">{row.label}</Text>
            <Text className="bar-chart__text">{row.text}</Text>
          </View>
        ))}
      </View>
    </View>
  );
}

/** 'colour from to' for each slice; one grey ring where there is nothing. */
function conicStops(values: readonly number[]): string {
  const whole = values.reduce((sum, value) => sum + value, 0);
  if (whole === 0) return '#E4E7E3 0deg 360deg';
  const stops: string[] = [];
  let before = 0;
  for (const [index, value] of values.entries()) {
    const from = (before * 360) / whole;
    before += value;
    stops.push(`${colourOf(index)} ${from.toFixed(2)}deg ${((before * 360) / whole).toFixed(2)}deg`);
  }
  return stops.join(', ');
}

function colourOf(index: number): string {
  return SLICES[index] ?? SLICES[SLICES.length - 1] ?? '';
}

function withRest(rows: readonly ChartRow[]): readonly ChartRow[] {
  if (rows.length <= SLICES.length) return rows;
  const first = rows.slice(0, SLICES.length - 1);
  const rest = rows.slice(SLICES.length - 1);
  const value = rest.reduce((sum, row) => sum + row.value, 0);
  return [...first, { label: `其余 ${rest.length} 项`, value, text: '见下方明细' }];
}
