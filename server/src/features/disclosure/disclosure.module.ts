import { Global, Module } from '@nestjs/common';
import { HomeCards } from './home/home-cards.ts';
import { HomeController } from './home/home.controller.ts';
import { HomeService } from './home/home.service.ts';
import { NoticesController } from './notices.controller.ts';
import { NoticesService } from './notices.service.ts';
import { PostingsService } from './postings.service.ts';
import { QuestionsService } from './questions.service.ts';
import { RadarController } from './radar.controller.ts';
import { RadarDeskCount } from './radar-desk-count.ts';
import { RadarFactsRegistry } from './radar-facts.registry.ts';
import { RadarService } from './radar.service.ts';

/** The posting radar 公示雷达, notices, and the first screen. Global: the features hand in what they post. */
@Global()
@Module({
  controllers: [HomeController, NoticesController, RadarController],
  providers: [
    HomeCards,
    HomeService,
    NoticesService,
    PostingsService,
    QuestionsService,
    RadarDeskCount,
    RadarFactsRegistry,
    RadarService,
  ],
  exports: [
    HomeCards,
    HomeService,
    NoticesService,
    PostingsService,
    QuestionsService,
    RadarFactsRegistry,
    RadarService,
  ],
})
export class DisclosureModule {}
