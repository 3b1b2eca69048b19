import { View } from '@tarojs/components';
import { ROLL_FILE_SUFFIXES, ROLL_IMPORT_STATE_NAMES, type RollImport } from '@linli/shared/estate';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  Chip,
  Empty,
  InstantText,
  MorePages,
  SectionHead,
  StateBlock,
} from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { chooseDocument } from '@/platform';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { cancelRoll, forgetRollImports, uploadRoll, useRollImports } from '../../api';
import { Faults } from '../../components/faults';
import { Preview } from '../../components/preview';
import { Progress } from '../../components/progress';

/** 业主名册: import the roll, see every fault or every change, apply whole or not at all. */
export default function RollPage() {
  const estateId = useSession((state) => state.estateId) ?? '';
  const imports = useRollImports();
  const [current, setCurrent] = useState<RollImport | null>(null);
  const upload = useUpload(estateId, setCurrent);
  const move = (next: RollImport) => {
    if (next.state !== current?.state) forgetRollImports(estateId);
    setCurrent(next);
  };
  const cancel = async (importId: string) => {
    setCurrent(await cancelRoll(estateId, importId));
    forgetRollImports(estateId);
    toast('已取消，名册没有变动');
  };
  return (
    <WorkbenchShell
      route="roll"
      active="roll"
      title="业主名册"
      resource={imports}
      actions={
        <Button onTap={() => upload.run()} busy={upload.busy} busyText="正在上传…">
          上传名册
        </Button>
      }
    >
      {({ items }) => {
        const shown = current ?? items.find(isOpen) ?? null;
        return (
          <View className="stack stack--4">
            {upload.error !== null && (
              <StateBlock icon="alert" title="没有上传成功" text={upload.error.message} role="alert" />
            )}
            {shown !== null && (
              <Open
                key={shown.id}
                estateId={estateId}
                shown={shown}
                onMoved={move}
                onCancel={() => cancel(shown.id)}
              />
            )}
            <History items={items} onOpen={setCurrent} />
            <MorePages more={imports.more} />
          </View>
        );
      }}
    </WorkbenchShell>
  );
}

function useUpload(estateId: string, onStarted: (started: RollImport) => void) {
  return useAction(
    async (key) => {
      const file = await chooseDocument(ROLL_FILE_SUFFIXES);
      return file === null ? null : uploadRoll(key, estateId, file);
    },
    {
      onDone: (started) => {
        if (started !== null) onStarted(started);
        forgetRollImports(estateId);
      },
    },
  );
}

/** Still asks something of the person. */
function isOpen({ state }: RollImport): boolean {
  return state === 'READING' || state === 'READY' || state === 'APPLYING';
}

interface OpenProps {
  readonly estateId: string;
  readonly shown: RollImport;
  readonly onMoved: (next: RollImport) => void;
  readonly onCancel: () => Promise<unknown>;
}

function Open({ estateId, shown, onMoved, onCancel }: OpenProps) {
  if (shown.state === 'READING' || shown.state === 'APPLYING')
    return <Progress estateId={estateId} running={shown} onMoved={onMoved} onCancel={onCancel} />;
  if (shown.state === 'FAULTY') return <Faults estateId={estateId} faulty={shown} />;
  if (shown.state === 'READY' && shown.preview !== null)
    return (
      <Preview
        estateId={estateId}
        ready={shown}
        preview={shown.preview}
        onMoved={onMoved}
        onCancel={onCancel}
      />
    );
  if (shown.refusal !== null)
    return (
      <StateBlock icon="alert" title={`${shown.fileName} 不能读`} text={shown.refusal.message} role="alert" />
    );
  return (
    <Card title={shown.fileName}>
      <View>{ROLL_IMPORT_STATE_NAMES[shown.state]}</View>
    </Card>
  );
}

function History({
  items,
  onOpen,
}: {
  readonly items: readonly RollImport[];
  readonly onOpen: (chosen: RollImport) => void;
}) {
  if (items.length === 0)
    return (
      <Empty
        title="还没有名册"
        text="上传已有的业主名册（.xlsx 或 .csv）。先检查，有错会逐行列出；确认之前什么都不会变。"
      />
    );
  return (
    <View>
      <SectionHead title="以往的导入" />
      <Card flush>
        {items.map((entry) => (
          <Cell
            key={entry.id}
            icon="document"
            title={entry.fileName}
            detail={
              <View>
                {entry.uploadedBy} · <InstantText at={entry.createdAt} />
              </View>
            }
            value={<Chip tone={toneOf(entry)}>{ROLL_IMPORT_STATE_NAMES[entry.state]}</Chip>}
            onTap={() => {
              onOpen(entry);
            }}
          />
        ))}
      </Card>
    </View>
  );
}

function toneOf({ state }: RollImport) {
  if (state === 'APPLIED') return 'good';
  return state === 'FAULTY' || state === 'REFUSED' || state === 'FAILED' ? 'bad' : 'plain';
}
