import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { HomeView } from '@linli/shared/home';
import { Matches } from 'class-validator';
import { ID } from '../../../kernel/http/fields.ts';
import { Caller, CurrentCaller, SignedIn } from '../../../kernel/access/index.ts';
import { HomeService } from './home.service.ts';

class HomeQuery {
  @Matches(ID, { message: '请选择小区' })
  estateId: string;
}

@Controller('me/home')
export class HomeController {
  constructor(@Inject(HomeService) private readonly home: HomeService) {}

  @Get()
  @SignedIn()
  view(@CurrentCaller() caller: Caller, @Query() query: HomeQuery): Promise<HomeView> {
    return this.home.view(caller, query.estateId);
  }
}
