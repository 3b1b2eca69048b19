import { View } from '@tarojs/components';
import { DISCLOSURE_LIMITS } from '@linli/shared/disclosure';
import type { FileRef } from '@linli/shared/files';
import { Field, TextArea, TextInput } from '@/components';
import { AttachmentPicker } from '@/components/staff';
import type { ApiError } from '@/request';
import type { DraftHandle } from '@/stores';

/** What everything that is published to residents has. */
export interface Publication {
  readonly title: string;
  readonly body: string;
  /** Added now; what the version before had stays with it. */
  readonly files: readonly FileRef[];
  /** Why what was published before is put right. */
  readonly reason: string;
}

export function isComplete({ title, body, reason }: Publication, correcting: boolean): boolean {
  return title.trim().length >= 2 && body.trim().length >= 2 && (!correcting || reason.trim().length >= 2);
}

interface PublicationFieldsProps<Form extends Publication> {
  readonly draft: DraftHandle<Form>;
  readonly correcting: boolean;
  readonly bodyHint?: string;
  /** Who will see the reason: 住户, 业主. */
  readonly readers: string;
  readonly error: ApiError | null;
}

export function PublicationFields<Form extends Publication>({
  draft,
  correcting,
  bodyHint,
  readers,
  error,
}: PublicationFieldsProps<Form>) {
  const { value, update } = draft;
  return (
    <>
      <Field label="标题">
        <TextInput
          value={value.title}
          maxLength={DISCLOSURE_LIMITS.noticeTitleMax}
          onChange={(title) => {
            update((now) => ({ ...now, title }));
          }}
        />
      </Field>
      <Field label="内容" hint={bodyHint}>
        <TextArea
          value={value.body}
          maxLength={DISCLOSURE_LIMITS.noticeBodyMax}
          rows={6}
          onChange={(body) => {
            update((now) => ({ ...now, body }));
          }}
        />
      </Field>
      <Field label="照片和文件" optional>
        <AttachmentPicker
          purpose="MATERIAL"
          files={value.files}
          onAdd={(file) => {
            update((now) => ({ ...now, files: [...now.files, file] }));
          }}
          onRemove={(id) => {
            update((now) => ({ ...now, files: now.files.filter((file) => file.id !== id) }));
          }}
        />
      </Field>
      {correcting && (
        <Field label="为什么更正" hint={`${readers}会看到；原来的版本也保留`}>
          <TextInput
            value={value.reason}
            maxLength={DISCLOSURE_LIMITS.reasonMax}
            onChange={(reason) => {
              update((now) => ({ ...now, reason }));
            }}
          />
        </Field>
      )}
      {error !== null && (
        <View className="t-bad">
          {[error.message, ...error.fields.map(({ message }) => message)].join('；')}
        </View>
      )}
    </>
  );
}
