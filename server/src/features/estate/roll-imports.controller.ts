import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ROLL_LIMITS, type RollChange, type RollImport, type RollReport } from '@linli/shared/estate';
import type { Page } from '@linli/shared/kernel';
import type { FastifyRequest } from 'fastify';
import { Caller, COMMITTEE, CurrentCaller, InEstate } from '../../kernel/access/index.ts';
import { readUpload } from '../../kernel/files/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { TakesFile } from '../../kernel/http/takes-file.decorator.ts';
import { ApplyRollImportDto, RollChangesQuery } from './dto/roll-imports.dto.ts';
import { RollImportsService } from './roll-imports.service.ts';

/** The committee keeps the roll; the company's manager may help, as it holds the handover files. */
const ROLL_KEEPERS = [...COMMITTEE, 'COMPANY_MANAGER'] as const;

@Controller('estates/:estateId/roll-imports')
export class RollImportsController {
  constructor(@Inject(RollImportsService) private readonly imports: RollImportsService) {}

  @Post()
  @InEstate(ROLL_KEEPERS)
  @TakesFile()
  async upload(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Req() request: FastifyRequest,
  ): Promise<RollImport> {
    return this.imports.upload(caller, estateId, await readUpload(request, ROLL_LIMITS.fileBytes));
  }

  @Get()
  @InEstate(ROLL_KEEPERS)
  list(@Param('estateId', IdParam) estateId: string, @Query() query: PageQuery): Promise<Page<RollImport>> {
    return this.imports.list(estateId, query.after, query.limit);
  }

  @Get(':importId')
  @InEstate(ROLL_KEEPERS)
  read(
    @Param('estateId', IdParam) estateId: string,
    @Param('importId', IdParam) importId: string,
  ): Promise<RollImport> {
    return this.imports.read(estateId, importId);
  }

  @Get(':importId/report')
  @InEstate(ROLL_KEEPERS)
  report(
    @Param('estateId', IdParam) estateId: string,
    @Param('importId', IdParam) importId: string,
  ): Promise<RollReport> {
    return this.imports.report(estateId, importId);
  }

  @Get(':importId/changes')
  @InEstate(ROLL_KEEPERS)
  changes(
    @Param('estateId', IdParam) estateId: string,
    @Param('importId', IdParam) importId: string,
    @Query() query: RollChangesQuery,
  ): Promise<Page<RollChange>> {
    return this.imports.changes(estateId, importId, query.kind, query.after, query.limit);
  }

  @Post(':importId/apply')
  @HttpCode(200)
  @InEstate(ROLL_KEEPERS)
  apply(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('importId', IdParam) importId: string,
    @Body() body: ApplyRollImportDto,
  ): Promise<RollImport> {
    return this.imports.apply(caller, estateId, importId, body);
  }

  @Post(':importId/cancel')
  @HttpCode(200)
  @InEstate(ROLL_KEEPERS)
  cancel(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('importId', IdParam) importId: string,
  ): Promise<RollImport> {
    return this.imports.cancel(caller, estateId, importId);
  }
}
