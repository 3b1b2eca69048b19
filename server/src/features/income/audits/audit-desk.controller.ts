import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import type { AuditDesk, AuditDraft } from '@linli/shared/income-audit';
import { Caller, COMMITTEE, CurrentCaller, InEstate } from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { CurrentAct, type EstateAct } from '../../../kernel/http/estate-act.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import {
  AmendAuditReportDto,
  ChangeAuditDto,
  CommitAuditDto,
  PublishAuditReportDto,
  SaveAuditReportDto,
} from '../dto/audit.dto.ts';
import { WITNESSES } from '../estate-books.ts';
import { AUDIT_DESK } from './audit-actors.ts';
import { CommitAuditService } from './commit-audit.service.ts';
import { PublishReportService } from './publish-report.service.ts';
import { ReadAuditsService } from './read-audits.service.ts';
import { RecordReportService } from './record-report.service.ts';

/** Who records reports somewhere; whether a committee is in office says who does here. */
const RECORDERS = [...COMMITTEE, ...WITNESSES] as const;

/** The desk of the yearly audit: one person records the auditor's report, another publishes it. */
@Controller('estates/:estateId/income/audits')
export class AuditDeskController {
  constructor(
    @Inject(ReadAuditsService) private readonly reading: ReadAuditsService,
    @Inject(RecordReportService) private readonly recording: RecordReportService,
    @Inject(PublishReportService) private readonly publishing: PublishReportService,
    @Inject(CommitAuditService) private readonly committing: CommitAuditService,
  ) {}

  @Get('desk')
  @InEstate(AUDIT_DESK)
  desk(@CurrentCaller() caller: Caller, @Param('estateId', IdParam) estateId: string): Promise<AuditDesk> {
    return this.reading.desk(caller, estateId);
  }

  @Get('drafts/:id')
  @InEstate(RECORDERS)
  draft(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<AuditDraft> {
    return this.reading.draft(caller, estateId, id);
  }

  @Post('reports')
  @InEstate(RECORDERS)
  async begin(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: SaveAuditReportDto,
  ): Promise<AuditDraft> {
    const { id } = await this.recording.begin(caller, estateId, body, key);
    return this.reading.draft(caller, estateId, id);
  }

  @Put('reports/:id')
  @InEstate(RECORDERS)
  async save(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: SaveAuditReportDto,
  ): Promise<AuditDraft> {
    await this.recording.save(caller, estateId, id, body);
    return this.reading.draft(caller, estateId, id);
  }

  @Post('reports/:id/publish')
  @HttpCode(200)
  @InEstate(RECORDERS)
  async publish(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() { revision }: PublishAuditReportDto,
  ): Promise<AuditDraft> {
    await this.publishing.publish(caller, estateId, id, revision);
    return this.reading.draft(caller, estateId, id);
  }

  @Post('reports/:id/discard')
  @HttpCode(204)
  @InEstate(RECORDERS)
  discard(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<void> {
    return this.recording.discard(caller, estateId, id);
  }

  @Post('reports/:id/amendments')
  @InEstate(RECORDERS)
  async amend(
    @CurrentAct() { caller, estateId, id, key }: EstateAct,
    @Body() body: AmendAuditReportDto,
  ): Promise<AuditDraft> {
    const draft = await this.recording.amend(caller, estateId, id, body, key);
    return this.reading.draft(caller, estateId, draft.id);
  }

  @Post('commitment')
  @InEstate(RECORDERS)
  async commit(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: CommitAuditDto,
  ): Promise<AuditDesk> {
    await this.committing.commit(caller, estateId, body, key);
    return this.reading.desk(caller, estateId);
  }

  @Post('commitment/changes')
  @InEstate(RECORDERS)
  async change(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @ActionKey() key: string,
    @Body() body: ChangeAuditDto,
  ): Promise<AuditDesk> {
    await this.committing.change(caller, estateId, body, key);
    return this.reading.desk(caller, estateId);
  }
}
