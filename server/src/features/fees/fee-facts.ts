import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RadarFactsRegistry } from '../disclosure/index.ts';

/** What this feature has posted, for the posting radar 公示雷达. */
@Injectable()
export class FeeFacts implements OnModuleInit {
  constructor(@Inject(RadarFactsRegistry) private readonly facts: RadarFactsRegistry) {}

  onModuleInit(): void {
    this.facts.register({
      owns: ['FEE_STANDARD'],
      select: (estates) => schedules('FEE_STANDARD', estates, ''),
    });
    // Service standards may also be posted by themselves.
    this.facts.register({
      owns: [],
      select: (estates) => schedules('SERVICE_STANDARD', estates, "AND services_json <> '[]'"),
    });
    this.facts.register({
      owns: ['UTILITIES'],
      select: (estates) =>
        `SELECT estate_id, 'UTILITIES' AS code, month AS period, published_at AS posted_at, NULL AS checked_at,
         'UTILITIES' AS link_kind, NULL AS link_id FROM utility_months WHERE estate_id IN (${estates})`,
    });
  }
}

function schedules(code: string, estates: string, also: string): string {
  return `SELECT estate_id, '${code}' AS code, NULL AS period, published_at AS posted_at, NULL AS checked_at,
    'FEES' AS link_kind, NULL AS link_id FROM fee_schedules WHERE estate_id IN (${estates}) ${also}`;
}
