import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RadarFactsRegistry } from '../disclosure/index.ts';

/** The quarters that are published, for the posting radar 公示雷达: since the first version, whatever was corrected. */
@Injectable()
export class IncomeFacts implements OnModuleInit {
  constructor(@Inject(RadarFactsRegistry) private readonly facts: RadarFactsRegistry) {}

  onModuleInit(): void {
    this.facts.register({
      owns: ['PUBLIC_INCOME'],
      select: (estates) =>
        `SELECT estate_id, 'PUBLIC_INCOME' AS code, quarter AS period, published_at AS posted_at, NULL AS checked_at,
         'INCOME' AS link_kind, NULL AS link_id FROM income_statements
         WHERE estate_id IN (${estates}) AND published_version = 1`,
    });
  }
}
