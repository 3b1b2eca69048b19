import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { FollowUp } from '@linli/shared/assembly';
import {
  BOOK_READERS,
  Caller,
  COMMITTEE,
  CurrentCaller,
  InEstate,
  STREET,
} from '../../../kernel/access/index.ts';
import { ActionKey } from '../../../kernel/http/action-key.decorator.ts';
import { IdParam } from '../../../kernel/http/id-param.ts';
import { AnnulDecisionDto, PlanDecisionDto, ReportStepDto } from '../dto/follow-up.dto.ts';
import { FollowUpService } from './follow-up.service.ts';

/** What becomes of a decision. */
@Controller('estates/:estateId/decisions/:id')
export class FollowUpController {
  constructor(@Inject(FollowUpService) private readonly followUps: FollowUpService) {}

  @Get('follow-up')
  @InEstate(BOOK_READERS)
  read(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<FollowUp> {
    return this.followUps.read(caller, estateId, id);
  }

  @Post('plan')
  @HttpCode(200)
  @InEstate(COMMITTEE)
  plan(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: PlanDecisionDto,
  ): Promise<FollowUp> {
    return this.followUps.plan(caller, estateId, id, body);
  }

  /** The body that the plan names reports, or the committee. */
  @Post('steps')
  @InEstate([...COMMITTEE, 'COMPANY_MANAGER', ...STREET])
  report(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @ActionKey() key: string,
    @Body() body: ReportStepDto,
  ): Promise<FollowUp> {
    return this.followUps.report(caller, estateId, id, body, key);
  }

  @Post('annul')
  @HttpCode(200)
  @InEstate(['STREET_OFFICER'])
  annul(
    @CurrentCaller() caller: Caller,
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
    @Body() body: AnnulDecisionDto,
  ): Promise<FollowUp> {
    return this.followUps.annul(caller, estateId, id, body);
  }
}
