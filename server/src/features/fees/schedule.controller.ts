import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type {
  FeeScheduleView,
  FeeSheetCheck,
  PublishScheduleResponse,
  ScheduleChangesView,
  UtilityMonthView,
  UtilitySheetCheck,
} from '@linli/shared/fees';
import type { FastifyRequest } from 'fastify';
import { Caller, COMPANY, CurrentCaller, EVERYONE, InEstate } from '../../kernel/access/index.ts';
import { readUpload } from '../../kernel/files/index.ts';
import { ActionKey } from '../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { TakesFile } from '../../kernel/http/takes-file.decorator.ts';
import { PublishScheduleDto, PublishUtilitiesDto, toUtilities, UtilityQuery } from './dto/fees.dto.ts';
import { ScheduleService } from './schedule.service.ts';
import { UtilitiesService } from './utilities.service.ts';
import { VersionParam } from './version-param.ts';

/** Prices are the manager's word; the clerk may prepare and check. */
export const PRICE_MAKERS = ['COMPANY_MANAGER'] as const;

@Controller('estates/:estateId/fees')
export class ScheduleController {
  constructor(
    @Inject(ScheduleService) private readonly schedules: ScheduleService,
    @Inject(UtilitiesService) private readonly utilities: UtilitiesService,
  ) {}

  @Get('schedule')
  @InEstate(EVERYONE)
  current(@Param('estateId', IdParam) estateId: string): Promise<FeeScheduleView> {
    return this.schedules.current(estateId);
  }

  @Get('schedules/:version')
  @InEstate(EVERYONE)
  version(
    @Param('estateId', IdParam) estateId: string,
    @Param('version', VersionParam) version: number,
  ): Promise<FeeScheduleView> {
    return this.schedules.version(estateId, version);
  }

  @Get('schedules/:version/changes')
  @InEstate(EVERYONE)
  changes(
    @Param('estateId', IdParam) estateId: string,
    @Param('version', VersionParam) version: number,
  ): Promise<ScheduleChangesView> {
    return this.schedules.changes(estateId, version);
  }

  @Post('schedule-checks')
  @HttpCode(200)
  @InEstate(COMPANY)
  @TakesFile()
  async check(
    @Param('estateId', IdParam) estateId: string,
    @Req() request: FastifyRequest,
  ): Promise<FeeSheetCheck> {
    return this.schedules.check(estateId, (await readUpload(request)).body);
  }

  @Post('schedules')
  @InEstate(PRICE_MAKERS)
  publish(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: PublishScheduleDto,
  ): Promise<PublishScheduleResponse> {
    return this.schedules.publish(caller, estateId, body, key);
  }

  @Get('utilities')
  @InEstate(EVERYONE)
  utilityMonth(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() query: UtilityQuery,
  ): Promise<UtilityMonthView> {
    return this.utilities.view(caller, estateId, query.month);
  }

  @Post('utility-checks')
  @HttpCode(200)
  @InEstate(COMPANY)
  @TakesFile()
  async checkUtilities(
    @Param('estateId', IdParam) estateId: string,
    @Req() request: FastifyRequest,
  ): Promise<UtilitySheetCheck> {
    return this.utilities.check(estateId, (await readUpload(request)).body);
  }

  @Post('utilities')
  @HttpCode(204)
  @InEstate(PRICE_MAKERS)
  async publishUtilities(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: PublishUtilitiesDto,
  ): Promise<void> {
    await this.utilities.publish(caller, estateId, toUtilities(body), key);
  }
}
