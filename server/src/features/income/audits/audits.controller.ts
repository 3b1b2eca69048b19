import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AuditMarks, AuditOverview, AuditReportView, FindingView } from '@linli/shared/income-audit';
import { BOOK_READERS, Caller, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { CurrentAct, type EstateAct } from '../../../kernel/http/estate-act.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { AcceptAnswerDto, AnswerFindingDto, MarksQuery, SendBackAnswerDto } from '../dto/audit.dto.ts';
import { AUDIT_DESK } from './audit-actors.ts';
import { FindingStepsService } from './finding-steps.service.ts';
import { ReadAuditsService } from './read-audits.service.ts';

/** The yearly audit 年度审计 as owners read it, and what is said about each finding. */
@Controller('estates/:estateId/income/audits')
export class AuditsController {
  constructor(
    @Inject(ReadAuditsService) private readonly reading: ReadAuditsService,
    @Inject(FindingStepsService) private readonly steps: FindingStepsService,
  ) {}

  @Get()
  @InEstate(BOOK_READERS)
  overview(@Param('estateId', IdParam) estateId: string): Promise<AuditOverview> {
    return this.reading.overview(estateId);
  }

  @Get('marks')
  @InEstate(BOOK_READERS)
  marks(
    @Param('estateId', IdParam) estateId: string,
    @Query() { statementId }: MarksQuery,
  ): Promise<AuditMarks> {
    return this.reading.marks(estateId, statementId);
  }

  @Get('reports/:id')
  @InEstate(BOOK_READERS)
  report(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AuditReportView> {
    return this.reading.report(caller, estateId, id);
  }

  @Get('findings/:id')
  @InEstate(BOOK_READERS)
  finding(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<FindingView> {
    return this.reading.finding(caller, estateId, id);
  }

  @Post('findings/:id/answers')
  @InEstate(AUDIT_DESK)
  async answer(
    @CurrentAct() { caller, estateId, id, key }: EstateAct,
    @Body() body: AnswerFindingDto,
  ): Promise<FindingView> {
    await this.steps.answer(caller, estateId, id, body, key);
    return this.reading.finding(caller, estateId, id);
  }

  @Post('findings/:id/accept')
  @HttpCode(200)
  @InEstate(AUDIT_DESK)
  async accept(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { seq }: AcceptAnswerDto,
  ): Promise<FindingView> {
    await this.steps.accept(caller, estateId, id, seq);
    return this.reading.finding(caller, estateId, id);
  }

  @Post('findings/:id/send-back')
  @HttpCode(200)
  @InEstate(AUDIT_DESK)
  async sendBack(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: SendBackAnswerDto,
  ): Promise<FindingView> {
    await this.steps.sendBack(caller, estateId, id, body);
    return this.reading.finding(caller, estateId, id);
  }
}
