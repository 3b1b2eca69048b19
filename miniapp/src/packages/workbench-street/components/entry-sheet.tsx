import { View } from '@tarojs/components';
import { type BoardEntryInput, CONTACT_LIMITS } from '@linli/shared/contacts';
import { isMobile } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Check, Field, Sheet, TextArea, TextInput } from '@/components';

export interface EntrySheetProps {
  readonly entry: BoardEntryInput;
  readonly errors: readonly string[];
  readonly onSave: (entry: BoardEntryInput) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** One line of the board. */
export function EntrySheet({ entry, errors, onSave, onRemove, onClose }: EntrySheetProps) {
  const [edited, setEdited] = useState(entry);
  const set = (part: Partial<BoardEntryInput>) => {
    setEdited({ ...edited, ...part });
  };
  return (
    <Sheet open title="改这一行" onClose={onClose}>
      <View className="stack stack--3">
        {errors.map((message) => (
          <View key={message} className="t-bad">
            {message}
          </View>
        ))}
        <Field label="部门">
          <TextInput
            value={edited.departmentName}
            maxLength={CONTACT_LIMITS.nameMax}
            onChange={(departmentName) => {
              set({ departmentName });
            }}
          />
        </Field>
        <Field label="工作职责">
          <TextArea
            rows={3}
            value={edited.duties}
            maxLength={CONTACT_LIMITS.dutiesMax}
            onChange={(duties) => {
              set({ duties });
            }}
          />
        </Field>
        <Field label="受理事项" hint="用顿号隔开，如：违章搭建、占用消防通道">
          <TextInput
            value={edited.handles}
            maxLength={CONTACT_LIMITS.handlesMax}
            onChange={(handles) => {
              set({ handles });
            }}
          />
        </Field>
        <Field label="联系人或科室">
          <TextInput
            value={edited.contactName}
            maxLength={CONTACT_LIMITS.contactMax}
            onChange={(contactName) => {
              set({ contactName });
            }}
          />
        </Field>
        <Field label="电话" hint="座机带区号">
          <TextInput
            value={edited.phone}
            keyboard="phone"
            maxLength={40}
            onChange={(phone) => {
              set({ phone });
            }}
          />
        </Field>
        {isMobile(edited.phone) && (
          <Check
            label="本人同意公示"
            on={edited.mobileConsent}
            onChange={(mobileConsent) => {
              set({ mobileConsent });
            }}
          >
            这是工作手机，本人同意公示
          </Check>
        )}
        <Button
          block
          onTap={() => {
            onSave(edited);
          }}
        >
          改好了
        </Button>
        <Button kind="quiet" block onTap={onRemove}>
          删掉这一行
        </Button>
      </View>
    </Sheet>
  );
}
