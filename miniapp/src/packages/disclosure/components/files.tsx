import type { FileLink } from '@linli/shared/disclosure';
import { Card, Cell } from '@/components';
import { openDocument } from '@/platform';

/** Attachments; each opens. */
export function Files({ files }: { readonly files: readonly FileLink[] }) {
  if (files.length === 0) return null;
  return (
    <Card title="附件" flush>
      {files.map(({ id, name, url }) => (
        <Cell
          key={id}
          icon="clip"
          title={name}
          onTap={() => {
            void openDocument(url);
          }}
        />
      ))}
    </Card>
  );
}
