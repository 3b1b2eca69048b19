import type { Material } from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';

export function toMaterial(file: FileRef): Material {
  return { fileId: file.id, name: file.name, mediaType: file.mime, sizeBytes: file.bytes, url: file.url };
}
