import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RadarFactsRegistry } from '../../disclosure/index.ts';

/** The years whose report is published, for the posting radar 公示雷达. */
@Injectable()
export class AuditFacts implements OnModuleInit {
  constructor(@Inject(RadarFactsRegistry) private readonly facts: RadarFactsRegistry) {}

  onModuleInit(): void {
    this.facts.register({
      owns: ['INCOME_AUDIT'],
      select: (estates) =>
        `SELECT estate_id, 'INCOME_AUDIT' AS code, CAST(audit_year AS CHAR(4)) AS period, published_at AS posted_at,
         NULL AS checked_at, 'INCOME' AS link_kind, NULL AS link_id FROM audit_reports
         WHERE estate_id IN (${estates}) AND published_version = 1`,
    });
  }
}
