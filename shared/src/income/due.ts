import {
  type CalendarDate,
  type Fen,
  type Quarter,
  addDays,
  daysBetween,
  nextQuarter,
  quarterEnd,
  quarterOf,
} from '../kernel/index.ts';
import type { IncomeRules } from './rules.ts';
import type { PublishingBody } from './status.ts';

/** The last day on which a quarter's statement is in time: counted from the end of the period that the region publishes by. */
export function statementDueOn(
  quarter: Quarter,
  { publishPeriod, publishWithinDays }: Pick<IncomeRules, 'publishPeriod' | 'publishWithinDays'>,
): CalendarDate {
  const last = publishPeriod === 'YEAR' ? `${quarter.slice(0, 4)}Q4` : quarter;
  return addDays(quarterEnd(last), publishWithinDays);
}

/** 由谁编制: who keeps the books and owes the statement. */
export type BookKeeper = PublishingBody | 'COMPANY';

/** The account's holder; where that is the committee and none is in office, the community that stands in for it 社区代行. */
export function statementOwedBy(
  { accountHolder }: Pick<IncomeRules, 'accountHolder'>,
  publishedBy: PublishingBody,
): BookKeeper {
  return accountHolder === 'COMMITTEE' ? publishedBy : 'COMPANY';
}

/** A quarter that is over and not published. */
export interface OwedQuarter {
  readonly quarter: Quarter;
  readonly dueOn: CalendarDate;
  /** 0 while there is still time. */
  readonly overdueDays: number;
  readonly owedBy: BookKeeper;
}

/** Every quarter that is over and has no published statement, the oldest first. `first` is the first the estate owes. */
export function owedQuarters(
  published: readonly Quarter[],
  first: Quarter,
  today: CalendarDate,
  rules: Pick<IncomeRules, 'publishPeriod' | 'publishWithinDays' | 'accountHolder'>,
  publishedBy: PublishingBody,
): OwedQuarter[] {
  const owed: OwedQuarter[] = [];
  for (let quarter = first; quarter < quarterOf(today); quarter = nextQuarter(quarter)) {
    if (published.includes(quarter)) continue;
    const dueOn = statementDueOn(quarter, rules);
    owed.push({
      quarter,
      dueOn,
      overdueDays: Math.max(0, daysBetween(dueOn, today)),
      owedBy: statementOwedBy(rules, publishedBy),
    });
  }
  return owed;
}

/**
 * Quarters whose opening no longer equals the closing before them, after a correction of an earlier one: each waits for
 * a correction of its own, nothing is changed in silence.
 */
export function openingMismatches(
  latest: readonly { readonly quarter: Quarter; readonly openingFen: Fen; readonly closingFen: Fen }[],
): { readonly quarter: Quarter; readonly openingFen: Fen; readonly expectedFen: Fen }[] {
  const byQuarter = new Map(
    latest.map((statement) => [nextQuarter(statement.quarter), statement.closingFen]),
  );
  return latest.flatMap(({ quarter, openingFen }) => {
    const expectedFen = byQuarter.get(quarter);
    return expectedFen === undefined || expectedFen === openingFen
      ? []
      : { quarter, openingFen, expectedFen };
  });
}
