import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Button, Field, Sheet, TextArea, TextInput } from '@/components';
import { useDraft } from '@/stores';

/** A text of the line, and how it is asked for. */
export interface LineText<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly maxLength: number;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly keyboard?: 'text' | 'phone';
  /** More than one line of writing. */
  readonly rows?: number;
}

export interface LineSheetProps<Key extends string, Line> {
  readonly title: string;
  /** Names what is typed and not taken over yet. */
  readonly draft: string;
  readonly line: Line;
  readonly texts: readonly LineText<Key>[];
  readonly errors?: readonly string[];
  /** What is asked for beside the texts. */
  readonly extra?: (edited: Line, change: (edited: Line) => void) => ReactNode;
  readonly onSave: (line: Line) => void;
  readonly onRemove?: () => void;
  readonly onClose: () => void;
}

/** One line of the board, to be changed: a department, or a rung of the ladder of complaint phones. */
export function LineSheet<Key extends string, Line extends Readonly<Record<Key, string>>>({
  title,
  draft: name,
  line,
  texts,
  errors,
  extra,
  onSave,
  onRemove,
  onClose,
}: LineSheetProps<Key, Line>) {
  const draft = useDraft<Line>(name, line);
  const edited = draft.value;
  const leave = (then: () => void) => () => {
    draft.discard();
    then();
  };
  return (
    <Sheet open title={title} onClose={leave(onClose)}>
      <View className="stack stack--3">
        {errors?.map((message) => (
          <View key={message} className="t-bad">
            {message}
          </View>
        ))}
        {texts.map(({ key, label, hint, optional = false, rows, ...input }) => {
          const asked = {
            value: edited[key],
            onChange: (text: string) => {
              draft.set({ ...edited, [key]: text });
            },
          };
          return (
            <Field key={key} label={label} hint={hint} optional={optional}>
              {rows === undefined ? (
                <TextInput {...input} {...asked} />
              ) : (
                <TextArea {...asked} maxLength={input.maxLength} rows={rows} />
              )}
            </Field>
          );
        })}
        {extra?.(edited, draft.set)}
        <Button
          block
          onTap={leave(() => {
            onSave(edited);
          })}
        >
          改好了
        </Button>
        {onRemove !== undefined && (
          <Button kind="quiet" block onTap={leave(onRemove)}>
            删掉这一行
          </Button>
        )}
      </View>
    </Sheet>
  );
}
