import type { FilePurpose, FileRef } from '@linli/shared/files';
import { api } from './api';
import type { UploadOptions } from './client';

/** Puts a photo or a document on the server: `uploadFile('TICKET_PHOTO', path, { onProgress })`. */
export function uploadFile(
  purpose: FilePurpose,
  path: string,
  options: UploadOptions = {},
): Promise<FileRef> {
  return api.upload<FileRef>(`/api/files?purpose=${purpose}`, path, options);
}
