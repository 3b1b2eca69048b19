import { View } from '@tarojs/components';
import type { FilePurpose, FileRef } from '@linli/shared/files';
import { chooseDocument } from '@/platform';
import { photoUpload, uploadFile } from '@/request/files';
import { useAction } from '@/request/use-action';
import { Button } from '../button';
import { PhotoPicker } from '../photo-picker';

export interface AttachmentPickerProps {
  /** One of those that take documents beside pictures. */
  readonly purpose: FilePurpose;
  readonly files: readonly FileRef[];
  readonly limit?: number;
  /** One after the other, each when it has arrived: add it to what is there by then. */
  readonly onAdd: (file: FileRef) => void;
  readonly onRemove: (id: string) => void;
}

const MOST_FILES = 9;

/** Photos and PDF that go with what is written. */
export function AttachmentPicker({
  purpose,
  files,
  limit = MOST_FILES,
  onAdd,
  onRemove,
}: AttachmentPickerProps) {
  const pictures = files.filter(({ thumbUrl }) => thumbUrl !== null);
  const documents = files.filter(({ thumbUrl }) => thumbUrl === null);
  const addDocument = useAction(async (key) => {
    const chosen = await chooseDocument(['.pdf']);
    if (chosen === null) return;
    onAdd(await uploadFile(purpose, chosen.path, { fileName: chosen.name, idempotencyKey: key }));
  });
  return (
    <View className="stack stack--2">
      <PhotoPicker
        photos={pictures}
        limit={limit - documents.length}
        upload={photoUpload(purpose)}
        onAdd={onAdd}
        onRemove={onRemove}
      />
      {documents.map(({ id, name }) => (
        <View key={id} className="row row--between">
          <View className="grow t-second">{name}</View>
          <Button
            kind="quiet"
            size="small"
            label={`去掉 ${name}`}
            onTap={() => {
              onRemove(id);
            }}
          >
            去掉
          </Button>
        </View>
      ))}
      {files.length < limit && (
        <View className="row">
          <Button
            kind="quiet"
            size="small"
            icon="document"
            busy={addDocument.busy}
            busyText="正在上传…"
            onTap={() => addDocument.run()}
          >
            加 PDF
          </Button>
        </View>
      )}
      {addDocument.error !== null && (
        <View className="t-second t-bad">{`没有传上去：${addDocument.error.message}`}</View>
      )}
    </View>
  );
}
