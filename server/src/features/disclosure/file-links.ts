import type { FileLink } from '@linli/shared/disclosure';
import type { Reader } from '../../kernel/database/index.ts';
import type { FilesService } from '../../kernel/files/index.ts';

/** Attachments as they are shown. */
export async function fileLinks(files: FilesService, reader: Reader, json: string): Promise<FileLink[]> {
  const refs = await files.refs(reader, JSON.parse(json) as string[]);
  return refs.map(({ id, name, url, thumbUrl }) => ({ id, name, url, thumbUrl }));
}
