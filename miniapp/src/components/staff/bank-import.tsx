import { View } from '@tarojs/components';
import type { BankImport } from '@linli/shared/reconcile';
import { useState } from 'react';
import { chooseDocument, type LocalDocument } from '@/platform';
import { useAction } from '@/request/use-action';
import { toast } from '@/stores/toast';
import { Button } from '../button';
import { Card } from '../card';
import { SheetFaults } from './sheet-faults';

export interface BankImportPartProps {
  /** What the lines are compared with. */
  readonly lead: string;
  readonly send: (file: LocalDocument) => Promise<BankImport>;
  /** What came of it beside the number of lines. */
  readonly found: (answer: BankImport) => string;
}

/** 银行流水: the bank's own export, read as it is. */
export function BankImportPart({ lead, send, found }: BankImportPartProps) {
  const [answer, setAnswer] = useState<BankImport | null>(null);
  const read = useAction(
    async () => {
      const file = await chooseDocument(['.xlsx', '.csv']);
      return file === null ? null : send(file);
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
          <View className="t-second t-muted">{`${lead}同一个文件传两次不会重复。`}</View>
          {answer !== null && answer.faults.length === 0 && (
            <View>
              {`${answer.from ?? ''} 到 ${answer.until ?? ''}，共 ${answer.lines} 行，新增 ${answer.newLines} 行，${found(answer)}。`}
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
