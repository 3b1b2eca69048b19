import type { FilePurpose, FileRef } from '@linli/shared/files';
import { chooseDocument } from '@/platform';
import { uploadFile } from './files';
import { type Action, useAction } from './use-action';

const SUFFIXES = ['.pdf', '.jpg', '.jpeg', '.png'] as const;

/** Lets the person choose one PDF or picture and puts it on the server; nothing happens where none is chosen. */
export function useDocumentUpload(
  purpose: FilePurpose,
  onUploaded: (file: Pick<FileRef, 'id' | 'name'>) => void,
): Action<[]> {
  return useAction(
    async (key) => {
      const chosen = await chooseDocument(SUFFIXES);
      if (chosen === null) return null;
      return uploadFile(purpose, chosen.path, { fileName: chosen.name, idempotencyKey: key });
    },
    {
      onDone: (file) => {
        if (file !== null) onUploaded({ id: file.id, name: file.name });
      },
    },
  );
}
