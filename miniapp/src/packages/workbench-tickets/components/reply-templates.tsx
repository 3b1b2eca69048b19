import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Field, Picker, Sheet, TextArea } from '@/components';
import { type DraftHandle, useDraft } from '@/stores';

/** What one often writes. Each member of staff changes them for themselves; they stay on the device. */
const FIRST_TEMPLATES: readonly string[] = [
  '您好，已收到您的反映，我们今天安排人员到现场查看，结果会在这里告诉您。',
  '您好，已到现场查看，正在联系维修人员，预计三天内处理完。',
  '您好，问题已经处理完毕，处理前后的照片附上，请您查看确认。',
  '您好，这件事需要有关部门处理，我们已经转交并会继续跟进。',
];
const TEMPLATE_CHARS = 300;
const MOST_TEMPLATES = 12;

/** Puts a sentence into the reply, and lets one change the sentences. */
export function ReplyTemplates({ onPick }: { readonly onPick: (text: string) => void }) {
  const kept = useDraft<readonly string[]>('ticket-reply-templates', FIRST_TEMPLATES);
  const [editing, setEditing] = useState(false);
  const options = kept.value.map((text, index) => ({
    value: String(index),
    label: text.length > 26 ? `${text.slice(0, 26)}…` : text,
  }));
  return (
    <View className="row gap-3">
      <View className="grow">
        <Picker
          label="常用语"
          placeholder="选一句常用语"
          value={null}
          options={options}
          onChange={(index) => {
            const text = kept.value[Number(index)];
            if (text !== undefined) onPick(text);
          }}
        />
      </View>
      <Button size="small" kind="quiet" icon="edit" onTap={() => setEditing(true)}>
        改常用语
      </Button>
      <Sheet open={editing} title="我的常用语" onClose={() => setEditing(false)}>
        <View className="stack stack--4">
          <Templates kept={kept} />
          <Button onTap={() => setEditing(false)}>改好了</Button>
        </View>
      </Sheet>
    </View>
  );
}

function Templates({ kept }: { readonly kept: DraftHandle<readonly string[]> }) {
  return (
    <>
      {kept.value.map((text, index) => (
        <View key={`${index + 1}`} className="stack stack--1">
          <Field label={`第 ${index + 1} 句`}>
            <TextArea
              rows={2}
              value={text}
              maxLength={TEMPLATE_CHARS}
              onChange={(changed) => {
                kept.set(kept.value.map((old, at) => (at === index ? changed : old)));
              }}
            />
          </Field>
          <Button
            size="small"
            kind="quiet"
            icon="trash"
            label={`删去第 ${index + 1} 句`}
            onTap={() => {
              kept.set(kept.value.filter((_, at) => at !== index));
            }}
          >
            删去
          </Button>
        </View>
      ))}
      <Button
        kind="plain"
        icon="plus"
        disabled={kept.value.length >= MOST_TEMPLATES}
        onTap={() => {
          kept.set([...kept.value, '']);
        }}
      >
        加一句
      </Button>
    </>
  );
}
