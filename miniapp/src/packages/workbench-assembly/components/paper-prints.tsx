import { View } from '@tarojs/components';
import type { PaperDesk, PrintBatch } from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Card } from '@/components';
import { DataTable } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { paperActions } from '../paper-api';

interface Props {
  readonly assemblyId: string;
  readonly desk: PaperDesk;
}

/** 印票: a number for each head, then a PDF for each entrance. */
export function PaperPrints({ assemblyId, desk }: Props) {
  const { principals, issued, batches } = desk;
  return (
    <View className="stack stack--3">
      {issued < principals && <Issue assemblyId={assemblyId} missing={principals - issued} />}
      {batches.length > 0 && <Batches assemblyId={assemblyId} batches={batches} />}
    </View>
  );
}

function Issue({ assemblyId, missing }: { readonly assemblyId: string; readonly missing: number }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const issue = useAction(() => paperActions(estateId, assemblyId).issue(), {
    onDone: () => {
      toast('已编号，可以打印了', 'good');
    },
  });
  return (
    <Card>
      <View className="stack stack--3">
        <View>{`还有 ${missing} 票没有编号。每票一个编号，编号后面的四个字母用来防止抄错和伪造。`}</View>
        <View className="row">
          <Button busy={issue.busy} onTap={() => issue.run()}>
            给每一票编号
          </Button>
        </View>
        {issue.error !== null && <View className="t-bad">{issue.error.message}</View>}
      </View>
    </Card>
  );
}

interface BatchesProps {
  readonly assemblyId: string;
  readonly batches: readonly PrintBatch[];
}

function Batches({ assemblyId, batches }: BatchesProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [printing, setPrinting] = useState<number | null>(null);
  const print = useAction(async (_key, batch: PrintBatch) => {
    setPrinting(batch.from);
    await paperActions(estateId, assemblyId)
      .print(batch)
      .catch(() => {
        toast('没有生成，请检查网络后再点一次', 'bad');
      })
      .finally(() => {
        setPrinting(null);
      });
  });
  const range = ({ from, to }: PrintBatch) => (from === to ? String(from) : `${from}–${to}`);
  const button = (batch: PrintBatch) => (
    <Button
      size="small"
      kind="plain"
      icon="download"
      busy={printing === batch.from}
      busyText="正在生成…"
      label={`打印 ${batch.label} ${range(batch)} 号`}
      onTap={() => print.run(batch)}
    >
      打印
    </Button>
  );
  return (
    <DataTable<PrintBatch>
      rows={batches}
      caption="按单元打印"
      rowKey={({ from }) => String(from)}
      rowLabel={(batch) => `${batch.label}，${batch.slips} 张`}
      columns={[
        { key: 'label', title: '楼栋单元', cell: ({ label }) => label },
        { key: 'range', title: '编号', cell: range, width: '22%' },
        { key: 'slips', title: '张数', cell: ({ slips }) => String(slips), align: 'right', width: '14%' },
        { key: 'print', title: '', cell: button, align: 'right', width: '20%' },
      ]}
      card={(batch) => (
        <View className="row row--between">
          <View className="grow">
            <View>{batch.label}</View>
            <View className="t-second t-muted">{`编号 ${range(batch)}，${batch.slips} 张`}</View>
          </View>
          {button(batch)}
        </View>
      )}
    />
  );
}
