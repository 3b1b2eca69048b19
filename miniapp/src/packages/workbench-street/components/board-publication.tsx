import { View } from '@tarojs/components';
import { CONTACT_LIMITS, type ContactBoardView } from '@linli/shared/contacts';
import { Button, Card, DatePicker, Field, TextInput } from '@/components';
import type { DraftHandle } from '@/stores';
import type { BoardForm } from '../model';

export interface BoardPublicationProps {
  readonly board: ContactBoardView | null;
  readonly draft: DraftHandle<BoardForm>;
  readonly onPublish: () => void;
}

/** From when the next version stands, and what owners read about it. */
export function BoardPublication({ board, draft, onPublish }: BoardPublicationProps) {
  const { entries, effectiveFrom, reason } = draft.value;
  return (
    <Card>
      <View className="stack stack--3">
        <Field label="从哪天起用">
          <DatePicker
            value={effectiveFrom}
            onChange={(value) => {
              draft.merge({ effectiveFrom: value });
            }}
          />
        </Field>
        {board !== null && (
          <Field label="改了什么" hint="业主会看到这句话">
            <TextInput
              value={reason}
              maxLength={CONTACT_LIMITS.reasonMax}
              onChange={(value) => {
                draft.merge({ reason: value });
              }}
            />
          </Field>
        )}
        <Button block disabled={entries.length === 0} onTap={onPublish}>
          {board === null ? '发布第一版' : `发布第 ${board.version + 1} 版`}
        </Button>
      </View>
    </Card>
  );
}
