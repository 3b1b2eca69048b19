import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  DOCUMENT_PURPOSES,
  FILE_LIMITS,
  SEALED_PURPOSES,
  type FilePurpose,
  type FileRef,
} from '@linli/shared/files';
import type { Caller } from '../access/index.ts';
import { Clock } from '../clock/clock.ts';
import { AddressSigner, FieldCipher, type FieldPlace } from '../crypto/index.ts';
import { Database, type Reader, type Transaction } from '../database/index.ts';
import { refuse } from '../errors/refused.ts';
import { Ids } from '../ids/ids.ts';
import { FileBodies, thumbOf } from './file-bodies.ts';
import { FileStorage } from './file-storage.ts';
import { cleanPicture } from './picture.ts';

/** A signed address works this long. */
const ADDRESS_MS = 2 * 3_600_000;

interface FileRow {
  id: string;
  original_name: string;
  mime: string;
  bytes: number;
  storage_key: string;
  purpose: FilePurpose;
}

export interface Upload {
  readonly purpose: FilePurpose;
  readonly name: string;
  readonly body: Buffer;
}

/** Uploads: checked by content, re-encoded, kept under random names, shown through signed addresses. */
@Injectable()
export class FilesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStorage) private readonly storage: FileStorage,
    @Inject(FileBodies) private readonly bodies: FileBodies,
    @Inject(AddressSigner) private readonly signer: AddressSigner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Keeps an upload, loose until {@link attach}; a person may have only so many loose ones, and for a day. */
  async keep(caller: Caller, upload: Upload): Promise<FileRef> {
    if (upload.body.length === 0) throw refuse('FILE.EMPTY');
    const loose = await this.database.row<{ count: number }>(
      'SELECT COUNT(*) AS count FROM files WHERE uploader_id = ? AND attached = 0',
      [caller.personId],
    );
    if ((loose?.count ?? 0) >= FILE_LIMITS.maxLoose)
      throw refuse('FILE.TOO_MANY', { params: { max: FILE_LIMITS.maxLoose } });
    const kept = isPdf(upload.body) ? document(upload) : await picture(upload);
    const givenName = cleanName(upload.name);
    const id = this.ids.next();
    const storageKey = `${id.slice(0, 10)}/${randomBytes(16).toString('hex')}`;
    const isSealed = SEALED_PURPOSES.includes(upload.purpose);
    const seal = (key: string, body: Buffer) => (isSealed ? this.cipher.sealBytes(body, placeOf(key)) : body);
    const thumb = kept.thumb === null ? null : seal(thumbOf(storageKey), kept.thumb);
    await this.bodies.write(storageKey, seal(storageKey, kept.body), thumb);
    const row = {
      id,
      // What a sealed paper was called tells what it is: 低保证, and whose.
      original_name: isSealed ? PAPER_NAME : givenName,
      mime: kept.mime,
      bytes: kept.body.length,
      storage_key: storageKey,
      purpose: upload.purpose,
    };
    await this.database.transaction(async (tx) => {
      await this.bodies.own(tx, storageKey);
      await tx.insert('files', {
        ...row,
        estate_id: null,
        uploader_id: caller.personId,
        width: kept.width,
        height: kept.height,
        sha256: createHash('sha256').update(kept.body).digest('base64url'),
        attached: 0,
        created_at: this.clock.now(),
      });
    });
    // Whoever has just sent it knows it by the name that it has on their phone.
    return { ...this.toRef(row), name: givenName };
  }

  /**
   * Ties the caller's own loose uploads to something of the estate, in that thing's transaction. A file of somebody
   * else, of another purpose or already used is refused.
   */
  async attach(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    purpose: FilePurpose,
    fileIds: readonly string[],
  ): Promise<void> {
    for (const fileId of new Set(fileIds)) {
      const taken = await tx.run(
        'UPDATE files SET attached = 1, estate_id = ? WHERE id = ? AND uploader_id = ? AND purpose = ? AND attached = 0',
        [estateId, fileId, caller.personId, purpose],
      );
      if (taken === 0) throw refuse('FILE.MISSING');
    }
  }

  /** Signed references, in the order asked for. The caller of this must have checked who may see them. */
  async refs(reader: Reader, fileIds: readonly string[]): Promise<FileRef[]> {
    if (fileIds.length === 0) return [];
    const rows = await reader.rows<FileRow>(
      `SELECT id, original_name, mime, bytes, storage_key, purpose FROM files WHERE id IN (${fileIds.map(() => '?').join(', ')})`,
      fileIds,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return fileIds.flatMap((fileId) => {
      const row = byId.get(fileId);
      return row === undefined ? [] : [this.toRef(row)];
    });
  }

  /** SHA-256 of each file as it is kept, in hex: what `sha256sum` says of the download. */
  async digests(reader: Reader, fileIds: readonly string[]): Promise<Map<string, string>> {
    if (fileIds.length === 0) return new Map();
    const rows = await reader.rows<{ id: string; sha256: string }>(
      `SELECT id, sha256 FROM files WHERE id IN (${fileIds.map(() => '?').join(', ')})`,
      fileIds,
    );
    return new Map(rows.map((row) => [row.id, Buffer.from(row.sha256, 'base64url').toString('hex')]));
  }

  /** The body behind a signed address, or NOT_FOUND. */
  async open(fileId: string, variant: 'full' | 'thumb', expires: string, signature: string) {
    const valid = this.signer.verify(`${fileId}|${variant}|${expires}`, signature);
    if (!valid || Number(expires) < this.clock.now()) throw refuse('GONE');
    const row = await this.database.row<FileRow>(
      'SELECT id, original_name, mime, bytes, storage_key, purpose FROM files WHERE id = ?',
      [fileId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    const key = variant === 'thumb' ? thumbOf(row.storage_key) : row.storage_key;
    const stored = this.storage.read(key);
    const stream = SEALED_PURPOSES.includes(row.purpose) ? Readable.from(this.opened(key, stored)) : stored;
    return { stream, mime: row.mime, name: row.original_name };
  }

  /** In one piece: what was altered does not open at all. */
  private async *opened(key: string, stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of stored) pieces.push(piece);
    yield this.cipher.openBytes(Buffer.concat(pieces), placeOf(key));
  }

  private toRef(row: FileRow): FileRef {
    const isPicture = row.mime.startsWith('image/');
    return {
      id: row.id,
      name: row.original_name,
      mime: row.mime,
      bytes: row.bytes,
      url: this.address(row.id, 'full'),
      thumbUrl: isPicture ? this.address(row.id, 'thumb') : null,
    };
  }

  private address(fileId: string, variant: 'full' | 'thumb'): string {
    // Rounded up, so that the same picture keeps its address for a while and the phone's cache works.
    const expires = (Math.floor(this.clock.now() / ADDRESS_MS) + 2) * ADDRESS_MS;
    return `/api/files/${fileId}/${variant}?e=${expires}&s=${this.signer.sign(`${fileId}|${variant}|${expires}`)}`;
  }
}

function placeOf(storageKey: string): FieldPlace {
  return { table: 'files', column: 'body', rowId: storageKey };
}

interface Kept {
  readonly body: Buffer;
  readonly thumb: Buffer | null;
  readonly mime: string;
  readonly width: number | null;
  readonly height: number | null;
}

async function picture(upload: Upload): Promise<Kept> {
  if (!looksLikePicture(upload.body)) {
    const allowed = DOCUMENT_PURPOSES.includes(upload.purpose) ? '照片或 PDF' : '照片';
    throw refuse('FILE.TYPE', { params: { allowed } });
  }
  return { ...(await cleanPicture(upload.body)), mime: 'image/jpeg' };
}

function document(upload: Upload): Kept {
  if (!DOCUMENT_PURPOSES.includes(upload.purpose)) throw refuse('FILE.TYPE', { params: { allowed: '照片' } });
  return { body: upload.body, thumb: null, mime: 'application/pdf', width: null, height: null };
}

function isPdf(body: Buffer): boolean {
  return body.subarray(0, 5).toString('latin1') === '%PDF-';
}

/** By magic bytes; the name and the declared type are whatever the sender wrote. */
function looksLikePicture(body: Buffer): boolean {
  const head = body.subarray(0, 12);
  const ascii = head.toString('latin1');
  return (
    (head[0] === 0xff && head[1] === 0xd8) ||
    ascii.startsWith('\x89PNG') ||
    ascii.startsWith('GIF8') ||
    (ascii.startsWith('RIFF') && ascii.slice(8) === 'WEBP') ||
    /^ftyp(heic|heix|mif1|avif)/.test(ascii.slice(4))
  );
}

const PAPER_NAME = '证明材料';

/** The last part of the name, without control characters, for people only. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters are what must go
  return last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').slice(-120) || '文件';
}
