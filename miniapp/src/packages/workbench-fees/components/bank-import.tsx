import { View } from '@tarojs/components';
import type { Ledger } from '@linli/shared/fees';
import type { BankImport } from '@linli/shared/reconcile';
import { useState } from 'react';
import { Button, Card } from '@/components';
import { SheetFaults } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { useMoneyActions } from '../money-api';

/** 银行流水: the bank's own export, read as it is. */
export function BankImportPart({ ledger }: { readonly ledger: Ledger }) {
  const actions = useMoneyActions();
  const [answer, setAnswer] = useState<BankImport | null>(null);
  const read = useAction(
    async () => {
      const file = await chooseDocument(['.xlsx', '.csv']);
      return file === null ? null : actions.importStatement(ledger, file);
    },
    {
      onDone: (imported) => {
        if (imported !== null) setAnswer(imported);
      },
      onError: ({ message }) => {
        toast(message, 'bad');
      },
    },
  );
  return (
    <View className="stack stack--3">
      <Card title="银行流水">
        <View className="stack stack--3">
          <View className="t-second t-muted">
            把网银导出的流水（xlsx 或 csv）传上来，和微信应结算的钱逐天核对。同一个文件传两次不会重复。
          </View>
          {answer !== null && answer.faults.length === 0 && (
            <View>
              {`${answer.from ?? ''} 到 ${answer.until ?? ''}，共 ${answer.lines} 行，新增 ${answer.newLines} 行，其中结算 ${answer.settlements} 笔，发现差异 ${answer.differences} 条。`}
            </View>
          )}
          <View className="row">
            <Button kind="plain" icon="document" busy={read.busy} onTap={() => read.run()}>
              导入银行流水
            </Button>
          </View>
        </View>
      </Card>
      {answer !== null && answer.faults.length > 0 && (
        <SheetFaults title={`流水里有 ${answer.faults.length} 处看不懂`} faults={answer.faults} />
      )}
    </View>
  );
}
