import { View } from '@tarojs/components';
import type { ContactBoardView } from '@linli/shared/contacts';
import { shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { ConfirmSheet, useNow } from '@/components';
import { type ApiError, useAction } from '@/request';
import { toast, useDraft } from '@/stores';
import { boardActions, useBase } from '../api';
import { type BoardForm, NEW_ENTRY, boardForm } from '../model';
import { BoardEntries, EntrySheet } from './board-entries';
import { BoardImport } from './board-import';
import { LevelPhones, LevelSheet } from './board-levels';
import { BoardPublication } from './board-publication';

/** The next version of the board: imported, put right in the table, published. */
export function BoardEditor({ board }: { readonly board: ContactBoardView | null }) {
  const base = useBase();
  const name = `board${base}/${board?.version ?? 0}`;
  const draft = useDraft<BoardForm>(name, boardForm(board, shanghaiDate(useNow())));
  const [entry, setEntry] = useState<number | null>(null);
  const [level, setLevel] = useState<number | null>(null);
  const [confirming, setConfirming] = useState(false);
  const publish = useAction((key: string) => boardActions(base).publish(key, requestOf(draft.value)), {
    name,
    onDone: ({ version }) => {
      setConfirming(false);
      draft.discard();
      toast(`第 ${version} 版已发布`);
    },
  });
  const { entries, effectiveFrom } = draft.value;
  const faults = publish.error?.fields ?? [];
  const editing = { draft, name };
  return (
    <View className="stack stack--4">
      <BoardImport
        title={board === null ? '第一版' : '做新的一版'}
        draft={draft}
        onAdd={() => {
          draft.merge({ entries: [...entries, NEW_ENTRY] });
          setEntry(entries.length);
        }}
      />
      <BoardEntries
        entries={entries}
        faults={faults}
        keyboard={entry === null && level === null && !confirming}
        onOpen={setEntry}
      />
      <LevelPhones levels={draft.value.levels} board={board} onOpen={setLevel} />
      <BoardPublication
        board={board}
        draft={draft}
        onPublish={() => {
          publish.clearError();
          setConfirming(true);
        }}
      />
      <ConfirmSheet
        open={confirming}
        title="发布公告牌"
        sentence={`${entries.length} 个部门的联系方式将公示给本小区所有住户，${effectiveFrom} 起用。发布后不能改，只能再发新的一版。`}
        doLabel="确认发布"
        busy={publish.busy}
        error={wordsOf(publish.error)}
        onConfirm={() => publish.run()}
        onClose={() => {
          setConfirming(false);
        }}
      />
      <EntrySheet {...editing} at={entry} faults={faults} onClose={() => setEntry(null)} />
      <LevelSheet {...editing} at={level} onClose={() => setLevel(null)} />
    </View>
  );
}

function wordsOf(error: ApiError | null): string | undefined {
  return error === null
    ? undefined
    : [error.message, ...error.fields.map(({ message }) => message)].join('；');
}

function requestOf({ effectiveFrom, reason, entries, levels }: BoardForm) {
  return { effectiveFrom, reason: reason.trim(), entries, levelPhones: levels };
}
