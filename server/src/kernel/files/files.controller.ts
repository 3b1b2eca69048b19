import type { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { FILE_LIMITS, FILE_PURPOSES, type FilePurpose, type FileRef } from '@linli/shared/files';
import { IsIn } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, CurrentCaller, Public, SignedIn } from '../access/index.ts';
import { refuse } from '../errors/refused.ts';
import { IdParam } from '../http/id-param.ts';
import { TakesFile } from '../http/takes-file.decorator.ts';
import { PER_PERSON } from '../rate-limits/per-person.ts';
import { RateLimits } from '../rate-limits/rate-limits.ts';
import { FilesService } from './files.service.ts';

class UploadQuery {
  @IsIn(FILE_PURPOSES)
  purpose: FilePurpose;
}

@Controller('files')
export class FilesController {
  constructor(
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Post()
  @SignedIn()
  @TakesFile()
  async upload(
    @CurrentCaller() caller: Caller,
    @Query() query: UploadQuery,
    @Req() request: FastifyRequest,
  ): Promise<FileRef> {
    await this.limits.use(PER_PERSON.uploads, caller.personId);
    const { name, body } = await readUpload(request);
    return this.files.keep(caller, { purpose: query.purpose, name, body });
  }

  @Get(':id/:variant')
  @Public('the address itself is signed, short-lived and names one file')
  async download(
    @Param('id', IdParam) id: string,
    @Param('variant') variant: string,
    @Query('e') expires: string,
    @Query('s') signature: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    if (variant !== 'full' && variant !== 'thumb') throw refuse('NOT_FOUND');
    const file = await this.files.open(id, variant, String(expires), String(signature));
    const isPicture = file.mime.startsWith('image/');
    void reply
      .type(file.mime)
      .header('cache-control', 'private, max-age=7200')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header(
        'content-disposition',
        `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      );
    return file.stream;
  }
}

/** The one file of a multipart request, whole, within the limits. */
export async function readUpload(
  request: FastifyRequest,
  maxBytes: number = FILE_LIMITS.maxBytes,
): Promise<{ name: string; body: Buffer }> {
  if (!request.isMultipart()) throw refuse('FILE.MISSING');
  const part = await request.file({ limits: { fileSize: maxBytes, files: 1 } });
  if (part === undefined) throw refuse('FILE.MISSING');
  const body = await part.toBuffer();
  if (part.file.truncated)
    throw refuse('FILE.TOO_LARGE', { params: { maxMb: Math.floor(maxBytes / 1024 / 1024) } });
  return { name: part.filename, body };
}
