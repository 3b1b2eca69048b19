import { View } from '@tarojs/components';
import type { IncomeSheetCheck, SaveStatementRequest } from '@linli/shared/income';
import { formatQuarter } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, StateBlock } from '@/components';
import { SheetFaults } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import { currentEstateName, membershipsIn, toast, useSession } from '@/stores';
import { incomeActions } from '../api';
import { requestOfSheet } from '../model';

const SHEET_SUFFIXES = ['.xlsx', '.csv'] as const;

/** 导入表格: the spreadsheet that the treasurer has already; every fault is named, or it becomes a draft. */
export function ImportSheet({ onBegun }: { readonly onBegun: (draftId: string) => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const estateName = useSession(currentEstateName);
  const ofCommittee = useSession(({ me }) =>
    membershipsIn(me, estateId).some(({ role }) => role.startsWith('COMMITTEE_')),
  );
  // Another keeper's account may be in any name: whoever uploads says which.
  const holder = ofCommittee ? `${estateName}业主委员会` : '';
  const [check, setCheck] = useState<{ name: string; faults: IncomeSheetCheck['faults'] } | null>(null);
  const [fromBooks, setFromBooks] = useState(0);
  const actions = incomeActions(estateId);
  const begin = useAction((key, request: SaveStatementRequest) => actions.begin(key, request), {
    onDone: ({ id, quarter, lines }) => {
      const taken = fromBooks === 0 ? '' : `，其中 ${fromBooks} 笔以账簿为准`;
      toast(`已读入 ${formatQuarter(quarter)}的 ${lines.length} 笔${taken}`, 'good');
      onBegun(id);
    },
  });
  const read = useAction(
    async () => {
      const file = await chooseDocument(SHEET_SUFFIXES);
      return file === null ? null : { name: file.name, answer: await actions.checkSheet(file) };
    },
    {
      onDone: (done) => {
        if (done === null) return;
        setFromBooks(done.answer.fromBooks);
        setCheck({ name: done.name, faults: done.answer.faults });
        const { draft }: IncomeSheetCheck = done.answer;
        if (draft !== null) void begin.run(requestOfSheet(draft, holder));
      },
    },
  );
  const error = read.error ?? begin.error;
  return (
    <View className="stack stack--4">
      <Card title="从表格开始">
        <View className="stack stack--3">
          <View>
            上传您已经做好的收支表（.xlsx 或
            .csv）。表头叫什么、前面有几行标题都不要紧；有错会逐格列出，表格不改就什么都不会变。
          </View>
          <View className="row">
            <Button onTap={() => read.run()} busy={read.busy || begin.busy} busyText="正在读表格…">
              上传本季收支表
            </Button>
          </View>
        </View>
      </Card>
      {error !== null && <StateBlock icon="alert" title="没有读成" text={error.message} role="alert" />}
      {check !== null && check.faults.length > 0 && (
        <SheetFaults title={`${check.name} 有 ${check.faults.length} 处要改`} faults={check.faults} />
      )}
    </View>
  );
}
