import { formatInstant } from '@linli/shared/kernel';
import { Card, Cell, Chip, useNow } from '@/components';

interface Version {
  readonly id: string;
  readonly version: number;
  readonly publishedAt: number;
  readonly reason: string;
}

/** What was published before; nothing is ever taken away. */
export function Versions({
  versions,
  shown,
  onOpen,
}: {
  readonly versions: readonly Version[];
  readonly shown: string;
  readonly onOpen: (id: string) => void;
}) {
  const now = useNow();
  if (versions.length < 2) return null;
  return (
    <Card title="历次版本" flush>
      {versions.map(({ id, version, publishedAt, reason }) => (
        <Cell
          key={id}
          title={`第 ${version} 版 · ${formatInstant(publishedAt, now)}`}
          detail={reason === '' ? '第一次发布' : `改动原因：${reason}`}
          value={id === shown ? <Chip tone="brand">正在看</Chip> : undefined}
          onTap={
            id === shown
              ? undefined
              : () => {
                  onOpen(id);
                }
          }
        />
      ))}
    </Card>
  );
}
