import { View } from '@tarojs/components';
import type { ContactBoardView, LevelPhoneInput } from '@linli/shared/contacts';
import { Card, Cell, SectionHead } from '@/components';
import type { DraftHandle } from '@/stores';
import { type BoardForm, LEVEL_TEXTS } from '../model';
import { LineSheet } from './line-sheet';

export interface LevelPhonesProps {
  readonly levels: readonly LevelPhoneInput[];
  readonly board: ContactBoardView | null;
  readonly onOpen: (index: number) => void;
}

/** 各级投诉电话: the ladder of complaint phones under the departments. */
export function LevelPhones({ levels, board, onOpen }: LevelPhonesProps) {
  if (levels.length === 0) return null;
  return (
    <View>
      <SectionHead title="各级投诉电话" />
      <Card flush>
        {levels.map((rung, index) => (
          <Cell
            key={rung.level}
            title={board?.levels.find((known) => known.level === rung.level)?.label ?? rung.level}
            detail={`${rung.organisation} ${rung.hours}`}
            value={rung.phone === '' ? '还没有填' : rung.phone}
            onTap={() => {
              onOpen(index);
            }}
          />
        ))}
      </Card>
    </View>
  );
}

export interface LevelSheetProps {
  readonly draft: DraftHandle<BoardForm>;
  /** Of the draft, so that what is typed here is kept beside it. */
  readonly name: string;
  readonly at: number | null;
  readonly onClose: () => void;
}

export function LevelSheet({ draft, name, at, onClose }: LevelSheetProps) {
  const { levels } = draft.value;
  const rung = at === null ? undefined : levels[at];
  if (at === null || rung === undefined) return null;
  return (
    <LineSheet
      title="投诉电话"
      draft={`${name}/level/${at}`}
      line={rung}
      texts={LEVEL_TEXTS}
      onSave={(edited) => {
        draft.merge({ levels: levels.map((old, index) => (index === at ? edited : old)) });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
