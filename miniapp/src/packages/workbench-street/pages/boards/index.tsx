import { View } from '@tarojs/components';
import type { ContactBoardView } from '@linli/shared/contacts';
import { Button, Card, ConfirmButton } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useWide } from '@/platform';
import { toast } from '@/stores';
import { boardActions, useBase, useBoard } from '../../api';
import { BoardEditor } from '../../components/board-editor';
import { Places } from '../../components/places';

/** 公告牌: import the sheet, fix it in the table, publish a version. */
export default function BoardsPage() {
  const board = useBoard();
  return (
    <WorkbenchShell route="boardsDesk" active="boards" title="公告牌" resource={board}>
      {(view) => (
        <View className="stack stack--4">
          {view !== null && <Standing board={view} />}
          <BoardEditor key={view?.version ?? 0} board={view} />
          {view !== null && <Places places={view.places} />}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Standing({ board }: { readonly board: ContactBoardView }) {
  const base = useBase();
  const wide = useWide();
  return (
    <Card tone={board.stale ? 'urgent' : 'plain'}>
      <View className={wide ? 'row row--between gap-3' : 'stack stack--3'}>
        <View className="grow">
          <View className="t-strong">{`现在是第 ${board.version} 版，${board.checkedDaysAgo === 0 ? '今天' : `${board.checkedDaysAgo} 天前`}核对过`}</View>
          <View className="t-second t-muted">
            {board.stale ? '已经超过期限，请逐个打一遍再核对' : '到期前要再逐个打一遍'}
          </View>
        </View>
        <View className="row row--wrap gap-3">
          <Button
            kind="plain"
            icon="print"
            onTap={() => {
              navigate('contactBoard');
            }}
          >
            看和打印
          </Button>
          <ConfirmButton
            icon="done"
            text="今天核对过了"
            ask={{
              title: '核对号码',
              sentence: `您确认今天已经把 ${board.entries.length} 个号码逐个打过，都有人接。公告牌上会写今天的日期。`,
              doLabel: '记下核对',
            }}
            perform={(key) => boardActions(base).check(key)}
            onDone={() => {
              toast('已记下今天核对过');
            }}
          />
        </View>
      </View>
    </Card>
  );
}
