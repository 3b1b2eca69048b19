export { DisclosureModule } from './disclosure.module.ts';
export { HomeCards, type HomeCardSource } from './home/home-cards.ts';
export { HomeService } from './home/home.service.ts';
export { NoticesService } from './notices.service.ts';
export { PostingsService } from './postings.service.ts';
export { QuestionsService } from './questions.service.ts';
export { type FactsSource, RadarFactsRegistry } from './radar-facts.registry.ts';
export { RadarService } from './radar.service.ts';
