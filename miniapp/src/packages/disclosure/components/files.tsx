import type { FileLink } from '@linli/shared/disclosure';
import { Attachments, Card } from '@/components';

/** Attachments; each opens. */
export function Files({ files }: { readonly files: readonly FileLink[] }) {
  if (files.length === 0) return null;
  return (
    <Card title="附件">
      <Attachments files={files} />
    </Card>
  );
}
