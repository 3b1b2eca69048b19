import { View } from '@tarojs/components';
import type { RollImport } from '@linli/shared/estate';
import { useEffect } from 'react';
import { Button, Card } from '@/components';
import { spoken, useLatest } from '@/platform';
import { readRollImport } from '../api';
import './progress.css';

const POLL_MS = 700;

const STEPS: Readonly<Record<RollImport['progress']['step'], string>> = {
  READING: '正在逐行检查',
  COMPARING: '正在与现有名册比较',
  APPLYING: '正在写入名册',
  DONE: '检查完毕',
};

export interface ProgressProps {
  readonly estateId: string;
  readonly running: RollImport;
  readonly onMoved: (next: RollImport) => void;
  readonly onCancel: () => Promise<unknown>;
}

/** A check under way: how far it is, and the way out. Nothing is in the roll yet. */
export function Progress({ estateId, running, onMoved, onCancel }: ProgressProps) {
  const latest = useLatest(onMoved);
  useEffect(() => {
    let gone = false;
    const timer = setInterval(() => {
      readRollImport(estateId, running.id).then(
        (next) => {
          if (!gone) latest()(next);
        },
        // The network is away for a moment: the next tick asks again.
        () => undefined,
      );
    }, POLL_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [estateId, running.id, latest]);

  const { step, percent, rows, faults } = running.progress;
  const words = `${STEPS[step]}：已看 ${rows} 行${faults > 0 ? `，发现 ${faults} 处错误` : ''}`;
  return (
    <Card title={running.fileName}>
      <View className="stack stack--3">
        <View className="roll-progress" {...spoken({ role: 'progressbar', label: `${words}，${percent}%` })}>
          <View className="roll-progress__bar" style={{ width: `${percent}%` }} />
        </View>
        <View className="row row--between">
          <View>{words}</View>
          <View className="t-number">{percent}%</View>
        </View>
        <View className="t-second t-muted">可以离开这个页面，检查会继续。现在名册还没有任何变动。</View>
        <Button kind="plain" onTap={onCancel} busyText="正在取消…">
          取消导入
        </Button>
      </View>
    </Card>
  );
}
