import { View } from '@tarojs/components';
import type { FileRef } from '@linli/shared/files';
import { openDocument } from '@/platform';
import { toast } from '@/stores/toast';
import { Cell } from './card';
import { Photos } from './timeline';

/** Pictures have a small one; everything else is a PDF. */
export type AttachedFile = Pick<FileRef, 'name' | 'url' | 'thumbUrl'>;

/** What is attached: pictures full screen at a tap, a PDF in whatever reads it on this device. */
export function Attachments({ files }: { readonly files: readonly AttachedFile[] }) {
  const pictures = files.flatMap(({ url, thumbUrl }) => (thumbUrl === null ? [] : [{ url, thumbUrl }]));
  const documents = files.filter(({ thumbUrl }) => thumbUrl === null);
  return (
    <View className="stack stack--2">
      {pictures.length > 0 && (
        <Photos urls={pictures.map(({ url }) => url)} thumbs={pictures.map(({ thumbUrl }) => thumbUrl)} />
      )}
      {documents.map(({ name, url }) => (
        <Cell
          key={url}
          icon="document"
          title={name}
          onTap={() => {
            openDocument(url).catch(() => {
              toast('没有打开，请检查网络后再点一次', 'bad');
            });
          }}
        />
      ))}
    </View>
  );
}
