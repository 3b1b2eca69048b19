import { View } from '@tarojs/components';
import type { BoardSheetCheck } from '@linli/shared/contacts';
import { useState } from 'react';
import { Button, Card } from '@/components';
import { SheetFaults } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import type { DraftHandle } from '@/stores';
import { boardActions, useBase } from '../api';
import { type BoardForm, editedEntries } from '../model';

export interface BoardImportProps {
  readonly title: string;
  readonly draft: DraftHandle<BoardForm>;
  readonly onAdd: () => void;
}

/** Where the lines come from: a sheet, or one at a time. */
export function BoardImport({ title, draft, onAdd }: BoardImportProps) {
  const base = useBase();
  const [check, setCheck] = useState<BoardSheetCheck | null>(null);
  const load = useAction(async () => {
    const file = await chooseDocument(['.xlsx', '.csv']);
    if (file === null) return;
    const found = await boardActions(base).checkSheet(file);
    setCheck(found);
    if (found.draft !== null) draft.merge({ entries: editedEntries(found.draft) });
  });
  return (
    <Card title={title}>
      <View className="stack stack--3">
        <View className="row row--wrap gap-3">
          <Button kind="plain" icon="document" busy={load.busy} busyText="读表中…" onTap={() => load.run()}>
            从表格导入
          </Button>
          <Button kind="plain" icon="plus" onTap={onAdd}>
            加一行
          </Button>
          {draft.kept && (
            <Button kind="quiet" icon="refresh" onTap={draft.discard}>
              不要没发布的改动
            </Button>
          )}
        </View>
        {load.error !== null && <View className="t-bad">{load.error.message}</View>}
        {check !== null && <Checked check={check} />}
      </View>
    </Card>
  );
}

/** What was found in the sheet: cells to put right, and what the board as a whole lacks. */
function Checked({ check }: { readonly check: BoardSheetCheck }) {
  if (check.faults.length === 0 && check.boardFaults.length === 0)
    return <View className="t-good">{`读到 ${check.rows} 行，没有问题`}</View>;
  return (
    <View className="stack stack--3">
      {check.faults.length > 0 && (
        <SheetFaults title={`表格有 ${check.faults.length} 处要改`} faults={check.faults} />
      )}
      {check.boardFaults.map(({ path, code, message, severity }) => (
        <View key={`${path}|${code}`} className={severity === 'BLOCKS' ? 't-bad' : 't-muted'}>
          {message}
        </View>
      ))}
    </View>
  );
}
