import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import type {
  ContractList,
  IncomeOverview,
  StatementDiffView,
  StatementList,
  StatementView,
} from '@linli/shared/income';
import { BOOK_READERS, InEstate, Public } from '../../kernel/access/index.ts';
import { IdParam } from '../../kernel/http/id-param.ts';
import { PageQuery } from '../../kernel/http/paging.ts';
import { ContractsService } from './contracts.service.ts';
import { ReadStatementsService } from './read-statements.service.ts';
import { StatementQrService } from './statement-qr.service.ts';

/** What owners, and those accountable to them, read of the public income. */
@Controller('estates/:estateId/income')
export class IncomeController {
  constructor(
    @Inject(ReadStatementsService) private readonly reading: ReadStatementsService,
    @Inject(ContractsService) private readonly contractsService: ContractsService,
    @Inject(StatementQrService) private readonly qrCodes: StatementQrService,
  ) {}

  @Get()
  @InEstate(BOOK_READERS)
  overview(@Param('estateId', IdParam) estateId: string): Promise<IncomeOverview> {
    return this.reading.overview(estateId);
  }

  @Get('statements')
  @InEstate(BOOK_READERS)
  list(@Param('estateId', IdParam) estateId: string, @Query() query: PageQuery): Promise<StatementList> {
    return this.reading.list(estateId, query.after, query.limit);
  }

  @Get('statements/:id')
  @InEstate(BOOK_READERS)
  view(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<StatementView> {
    return this.reading.view(estateId, id);
  }

  @Get('statements/:id/diff')
  @InEstate(BOOK_READERS)
  diff(
    @Param('estateId', IdParam) estateId: string,
    @Param('id', IdParam) id: string,
  ): Promise<StatementDiffView> {
    return this.reading.diff(estateId, id);
  }

  @Get('statements/:id/qr.svg')
  @Public('a picture in a printed page; it repeats the address of a page that asks to sign in')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  qr(@Param('estateId', IdParam) estateId: string, @Param('id', IdParam) id: string): Promise<string> {
    return this.qrCodes.svg(estateId, id);
  }

  @Get('quarters/:quarter')
  @InEstate(BOOK_READERS)
  ofQuarter(
    @Param('estateId', IdParam) estateId: string,
    @Param('quarter') quarter: string,
  ): Promise<StatementView> {
    return this.reading.ofQuarter(estateId, quarter);
  }

  @Get('contracts')
  @InEstate(BOOK_READERS)
  contracts(@Param('estateId', IdParam) estateId: string, @Query() query: PageQuery): Promise<ContractList> {
    return this.contractsService.list(estateId, query.after, query.limit);
  }
}
