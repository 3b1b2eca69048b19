import type { FilePurpose, FileRef } from '@linli/shared/files';
import { api } from './api';
import type { UploadOptions } from './client';

/** For a `PhotoPicker`: `upload={photoUpload('TICKET_PHOTO')}`. */
export function photoUpload(
  purpose: FilePurpose,
): (path: string, onProgress: (percent: number) => void) => Promise<FileRef> {
  return (path, onProgress) => uploadFile(purpose, path, { onProgress });
}

/** Puts a photo or a document on the server: `uploadFile('TICKET_PHOTO', path, { onProgress })`. */
export function uploadFile(
  purpose: FilePurpose,
  path: string,
  options: UploadOptions = {},
): Promise<FileRef> {
  return api.upload<FileRef>(`/api/files?purpose=${purpose}`, path, options);
}
