import { FILE_LIMITS } from '@linli/shared/files';
import { refuse, Refused } from '../errors/refused.ts';

/** A picture as it is kept: decoded and written anew, so that EXIF, GPS and anything hidden behind it are gone. */
export interface CleanPicture {
  readonly body: Buffer;
  readonly thumb: Buffer;
  readonly width: number;
  readonly height: number;
}

const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif', 'gif']);

/** Loaded with the first picture: 25 MB that a server which only reads has no use for. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // Two threads are all there are; one picture at a time keeps memory flat and the event loop free.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

export async function cleanPicture(input: Buffer): Promise<CleanPicture> {
  const sharp = await loadSharp();
  try {
    const source = sharp(input, { limitInputPixels: false, failOn: 'error', animated: false });
    const meta = await source.metadata();
    if (!FORMATS.has(meta.format)) throw refuse('FILE.TYPE', { params: { allowed: '照片' } });
    if (meta.width * meta.height > FILE_LIMITS.maxPixels) throw refuse('FILE.PIXELS');
    const upright = source.rotate().flatten({ background: '#ffffff' });
    const kept = await upright
      .clone()
      .resize(FILE_LIMITS.keptSidePx, FILE_LIMITS.keptSidePx, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer({ resolveWithObject: true });
    const thumb = await upright
      .clone()
      .resize(FILE_LIMITS.thumbSidePx, FILE_LIMITS.thumbSidePx, { fit: 'cover' })
      .jpeg({ quality: 75 })
      .toBuffer();
    return { body: kept.data, thumb, width: kept.info.width, height: kept.info.height };
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw refuse('FILE.DAMAGED');
  }
}
