export { DiscardFiles } from './discard-files.ts';
export { FileBodies } from './file-bodies.ts';
export { FileStorage } from './file-storage.ts';
export { FilesService } from './files.service.ts';
export { readUpload } from './files.controller.ts';
