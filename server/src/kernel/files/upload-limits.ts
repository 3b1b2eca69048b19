import { FILE_LIMITS } from '@linli/shared/files';

/** For the multipart parser: it stops reading where these end. */
export const UPLOAD_LIMITS = {
  files: 1,
  fileSize: FILE_LIMITS.maxBytes,
  fields: 4,
  fieldSize: 1024,
  parts: 5,
};
