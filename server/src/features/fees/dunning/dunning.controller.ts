import type { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type {
  DunningSums,
  DunningView,
  MyDunning,
  NoticePage,
  NoticeRow,
  ReadyForNotice,
  WrittenNotices,
} from '@linli/shared/fees';
import type { FastifyReply } from 'fastify';
import {
  Caller,
  COMMITTEE,
  COMPANY,
  CurrentCaller,
  InEstate,
  SignedIn,
} from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import {
  MyDunningQuery,
  NoticesQuery,
  PrintNoticesQuery,
  RecordNoticeDeliveryDto,
  TakeDunningStepDto,
  WriteNoticesDto,
} from '../dto/dunning.dto.ts';
import { DunningRecordsService } from './dunning-records.service.ts';
import { DunningService } from './dunning.service.ts';
import { NoticesService } from './notices.service.ts';
import { WriteNoticesService } from './write-notices.service.ts';

/** 催缴 between the company and one household; the committee is told how much there is of it. */
@Controller('estates/:estateId/fees')
export class DunningController {
  constructor(
    @Inject(DunningService) private readonly dunning: DunningService,
    @Inject(WriteNoticesService) private readonly writing: WriteNoticesService,
    @Inject(NoticesService) private readonly notices: NoticesService,
    @Inject(DunningRecordsService) private readonly records: DunningRecordsService,
  ) {}

  @Get('bills/:id/dunning')
  @InEstate(COMPANY)
  dunned(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) billId: string,
  ): Promise<DunningView> {
    return this.dunning.view(estateId, billId);
  }

  @Post('bills/:id/dunning')
  @InEstate(COMPANY)
  dun(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) billId: string,
    @ActionKey() key: string,
    @Body() body: TakeDunningStepDto,
  ): Promise<DunningView> {
    return this.dunning.take(caller, estateId, billId, body, key);
  }

  @Get('dunning/sums')
  @InEstate([...COMMITTEE, ...COMPANY])
  sums(@Param('estateId', IdParam) estateId: string): Promise<DunningSums> {
    return this.records.sums(estateId);
  }

  @Get('dunning/notices')
  @InEstate(COMPANY)
  list(@Param('estateId', IdParam) estateId: string, @Query() query: NoticesQuery): Promise<NoticePage> {
    const { show, after, limit } = query;
    return this.notices.list(estateId, { show, after, limit });
  }

  @Get('dunning/notices/ready')
  @InEstate(COMPANY)
  ready(@Param('estateId', IdParam) estateId: string): Promise<ReadyForNotice> {
    return this.writing.ready(estateId);
  }

  @Post('dunning/notices')
  @InEstate(COMPANY)
  write(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: WriteNoticesDto,
  ): Promise<WrittenNotices> {
    return this.writing.write(caller, estateId, body, key);
  }

  @Get('dunning/notices.pdf')
  @InEstate(COMPANY)
  async print(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Query() range: PrintNoticesQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const pdf = await this.notices.print(caller, estateId, range);
    const name = `notices-${range.year}-${range.from}-${range.to}.pdf`;
    void reply.type('application/pdf').header('content-disposition', `attachment; filename="${name}"`);
    return pdf;
  }

  @Post('dunning/notices/:id/delivery')
  @HttpCode(200)
  @InEstate(COMPANY)
  deliver(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) noticeId: string,
    @Body() body: RecordNoticeDeliveryDto,
  ): Promise<NoticeRow> {
    return this.notices.deliver(caller, estateId, noticeId, body);
  }
}

@Controller('me/dunning')
export class MyDunningController {
  constructor(@Inject(DunningRecordsService) private readonly records: DunningRecordsService) {}

  @Get()
  @SignedIn()
  mine(@CurrentCaller() caller: Caller, @Query() { estateId }: MyDunningQuery): Promise<MyDunning> {
    return this.records.mine(caller, estateId);
  }
}
