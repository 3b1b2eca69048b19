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
