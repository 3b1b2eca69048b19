import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where file bodies live. Keys are made by us and never contain anything a user sent. */
export abstract class FileStorage {
  abstract write(key: string, body: Buffer): Promise<void>;
  abstract read(key: string): Readable;
  abstract remove(key: string): Promise<void>;
}

/** A folder on disk, outside of anything that is served or run. Written beside and renamed, so never half there. */
export class DiskStorage extends FileStorage {
  constructor(private readonly folder: string) {
    super();
  }

  override async write(key: string, body: Buffer): Promise<void> {
    const path = join(this.folder, key);
    await mkdir(dirname(path), { recursive: true });
    const partial = `${path}.partial`;
    await writeFile(partial, body, { mode: 0o600 });
    await rename(partial, path);
  }

  override read(key: string): Readable {
    return createReadStream(join(this.folder, key));
  }

  override async remove(key: string): Promise<void> {
    await rm(join(this.folder, key), { force: true });
  }
}
