import { AuditClockService } from './audit-clock.service.ts';
import { AuditConcerns } from './audit-concerns.ts';
import { AuditDeskCount } from './audit-desk-count.ts';
import { AuditDeskController } from './audit-desk.controller.ts';
import { AuditDuties } from './audit-duties.ts';
import { AuditFacts } from './audit-facts.ts';
import { AuditsController } from './audits.controller.ts';
import { AuditsRepository } from './audits.repository.ts';
import { CommitAuditService } from './commit-audit.service.ts';
import { FindingStepsService } from './finding-steps.service.ts';
import { FindingViewsService } from './finding-views.service.ts';
import { PublishReportService } from './publish-report.service.ts';
import { ReadAuditsService } from './read-audits.service.ts';
import { RecordReportService } from './record-report.service.ts';

export {
  CommitAuditService,
  FindingStepsService,
  PublishReportService,
  ReadAuditsService,
  RecordReportService,
};

/** The yearly audit, as a part of the public income's module. */
export const AUDIT_CONTROLLERS = [AuditsController, AuditDeskController];
export const AUDIT_PROVIDERS = [
  AuditClockService,
  AuditConcerns,
  AuditDeskCount,
  AuditDuties,
  AuditFacts,
  AuditsRepository,
  CommitAuditService,
  FindingStepsService,
  FindingViewsService,
  PublishReportService,
  ReadAuditsService,
  RecordReportService,
];
/** What tells the demo's story. */
export const AUDIT_EXPORTS = [
  CommitAuditService,
  FindingStepsService,
  PublishReportService,
  ReadAuditsService,
  RecordReportService,
];
