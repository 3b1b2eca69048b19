import { View } from '@tarojs/components';
import { DISCLOSURE_LIMITS } from '@linli/shared/disclosure';
import { useState } from 'react';
import { Button, Field, Sheet, TextArea } from '@/components';
import { useAction } from '@/request';

export interface TextSheetProps {
  readonly open: boolean;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly start: string;
  readonly doLabel: string;
  /** Names the action, so that a retry after a lost answer is not a second one. */
  readonly draft: string;
  readonly perform: (key: string, text: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Something to say in a few sentences; what was typed stays where sending fails. */
export function TextSheet({
  open,
  title,
  label,
  hint,
  start,
  doLabel,
  draft,
  perform,
  onClose,
}: TextSheetProps) {
  const [text, setText] = useState(start);
  const sending = useAction(perform, { name: draft, onDone: onClose });
  return (
    <Sheet open={open} title={title} onClose={onClose}>
      <View className="stack stack--4">
        <Field label={label} hint={hint} error={sending.error?.message}>
          <TextArea value={text} onChange={setText} maxLength={DISCLOSURE_LIMITS.questionMax} />
        </Field>
        <Button
          block
          busy={sending.busy}
          disabled={text.trim().length < DISCLOSURE_LIMITS.questionMin}
          onTap={() => sending.run(text.trim())}
        >
          {doLabel}
        </Button>
      </View>
    </Sheet>
  );
}
