/** The region's part of the yearly audit 年度审计. */
export interface AuditRules {
  /** Whether the region asks for one; elsewhere the owners may decide on it. */
  readonly auditYearly: boolean;
  /** The audit's result stays posted for so many days. */
  readonly auditPostDays: number;
  /** The report is due so many days after the year's end. */
  readonly auditWithinDays: number;
  /** A finding is answered within so many days of the report's publication, at the latest. */
  readonly auditAnswerDays: number;
  /** An answer is looked into, and one that was sent back is given again, within so many days. */
  readonly auditReviewDays: number;
}
