import { View } from '@tarojs/components';
import { CONTACT_LIMITS, type LevelPhoneInput } from '@linli/shared/contacts';
import { useState } from 'react';
import { Button, Field, Sheet, TextInput } from '@/components';

/** One rung of the ladder of complaint phones. */
export function LevelSheet({
  level,
  onSave,
  onClose,
}: {
  readonly level: LevelPhoneInput;
  readonly onSave: (level: LevelPhoneInput) => void;
  readonly onClose: () => void;
}) {
  const [edited, setEdited] = useState(level);
  const set = (part: Partial<LevelPhoneInput>) => {
    setEdited({ ...edited, ...part });
  };
  return (
    <Sheet open title="投诉电话" onClose={onClose}>
      <View className="stack stack--3">
        <Field label="单位">
          <TextInput
            value={edited.organisation}
            maxLength={CONTACT_LIMITS.nameMax}
            onChange={(organisation) => {
              set({ organisation });
            }}
          />
        </Field>
        <Field label="电话">
          <TextInput
            value={edited.phone}
            keyboard="phone"
            maxLength={40}
            onChange={(phone) => {
              set({ phone });
            }}
          />
        </Field>
        <Field label="接听时间" optional>
          <TextInput
            value={edited.hours}
            maxLength={CONTACT_LIMITS.hoursMax}
            placeholder="工作日 9:30–19:00"
            onChange={(hours) => {
              set({ hours });
            }}
          />
        </Field>
        <Button
          block
          onTap={() => {
            onSave(edited);
          }}
        >
          改好了
        </Button>
      </View>
    </Sheet>
  );
}
