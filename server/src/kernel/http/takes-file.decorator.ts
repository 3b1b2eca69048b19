import { SetMetadata } from '@nestjs/common';

export const TAKES_FILE = 'linli:takes-file';

/** The handler reads one file from a multipart body itself (see `readUpload`); the API's description says so. */
export const TakesFile = () => SetMetadata(TAKES_FILE, true);
