import { type DepartmentCode, DEPARTMENTS } from './departments.ts';
import {
  type AccusedBody,
  type SlaClass,
  type TicketCategoryCode,
  isUnsafe,
  ticketCategory,
} from './categories.ts';

/**
 * The region's part of complaints: levels 投诉层级, routing 部门职责, periods 办理时限, escalation 升级. Code holds none
 * of it.
 */
export interface TicketRules {
  /** In order from the first handler up; a level's number is its place in the list. */
  readonly levels: readonly TicketLevel[];
  readonly levelsSource: string;
  /** Local names of departments; the national name where absent. */
  readonly departmentNames: Readonly<Partial<Record<DepartmentCode, string>>>;
  readonly routes: Readonly<Record<TicketCategoryCode, TicketRoute>>;
  readonly terms: TicketTerms;
  readonly termsSource: string;
  readonly escalation: EscalationRules;
  readonly escalationSource: string;
}

export const TICKET_LEVEL_CODES = ['COMPANY', 'COMMITTEE', 'COMMUNITY', 'STREET', 'COUNTY', 'CITY'] as const;
export type TicketLevelCode = (typeof TICKET_LEVEL_CODES)[number];

/** One rung 层级 of the complaint ladder. */
export interface TicketLevel {
  readonly code: TicketLevelCode;
  readonly label: string;
  /** What this rung does, in a few words. */
  readonly duty: string;
}

/** Which departments answer for a category 牵头/配合, and by which text. */
export interface TicketRoute {
  /** 牵头单位. */
  readonly lead: DepartmentCode;
  /** 配合单位, in the order of the source. */
  readonly co: readonly DepartmentCode[];
  /** 联合执法: several departments act, the street coordinates them. */
  readonly joint: boolean;
  /** Who does what, in one line; shown while the complaint is being written. */
  readonly work: string;
  /** The document and place that assigns it. */
  readonly source: string;
  /** Only where the region differs from the category's own class or first handler. */
  readonly slaClass?: SlaClass;
  readonly firstLevel?: number;
}

/** A period; working days and calendar days end with the day, hours and minutes to the millisecond. */
export interface Term {
  readonly unit: 'MINUTE' | 'HOUR' | 'DAY' | 'WORKING_DAY';
  readonly count: number;
}

/** 办理时限 of one class. */
export interface SlaTerms {
  readonly firstReply: Term;
  /** Somebody must be on site 到场; only for what is urgent. */
  readonly onSite: Term | null;
  readonly finish: Term;
  /** Urgent matters are counted from the complaint itself, the others from its acceptance. */
  readonly finishFrom: 'SUBMITTED' | 'ACCEPTED';
}

export interface TicketTerms {
  /** 受理. */
  readonly accept: Term;
  readonly sla: Readonly<Record<SlaClass, SlaTerms>>;
  readonly extension: {
    readonly max: number;
    /** The longest that one extension may add. */
    readonly longest: Term;
    /** The lowest level that may approve 审批. */
    readonly approverLevel: number;
  };
  /** How long a question to the complainant may stop the clock. */
  readonly residentAnswer: Term;
  readonly mediation: Term;
  /** Satisfied by silence 自动确认. */
  readonly autoConfirm: Term;
  readonly reopen: { readonly window: Term; readonly max: number };
}

export interface EscalationRules {
  /** What follows on the n-th deadline missed at one level; the last row holds for all further ones. */
  readonly steps: readonly { readonly misses: number; readonly action: 'URGE' | 'RAISE' }[];
  /** What an urged handler is given. */
  readonly urged: Readonly<Record<SlaClass, Term>>;
  /** Where what is unsafe goes at once. */
  readonly unsafeLevel: number;
}

/** The route of a complaint as it applies to it: class and first handler filled in, accused bodies skipped. */
export interface ResolvedRoute extends TicketRoute {
  readonly slaClass: SlaClass;
  readonly firstLevel: number;
  readonly unsafe: boolean;
}

export function routeTicket(rules: TicketRules, code: TicketCategoryCode, dangerSaid = false): ResolvedRoute {
  const route = rules.routes[code];
  const kind = ticketCategory(code);
  const unsafe = isUnsafe(code, dangerSaid);
  const first = route.firstLevel ?? kind.firstLevel;
  return {
    ...route,
    slaClass: unsafe ? 'URGENT' : (route.slaClass ?? kind.slaClass),
    firstLevel: unsafe ? Math.max(first, rules.escalation.unsafeLevel) : skipAccused(rules, first, kind),
    unsafe,
  };
}

/**
 * A complaint about the company's service still starts with the company, which is told what, and not by whom
 * (`visibility.ts`); the committee is never asked to judge itself.
 */
function skipAccused(
  rules: TicketRules,
  first: number,
  kind: { readonly accused: readonly AccusedBody[] },
): number {
  const level = rules.levels[first];
  const accused = kind.accused.some((body) => body === 'COMMITTEE' && level?.code === 'COMMITTEE');
  return accused && first + 1 < rules.levels.length ? first + 1 : first;
}

export function departmentName(rules: Pick<TicketRules, 'departmentNames'>, code: DepartmentCode): string {
  return rules.departmentNames[code] ?? DEPARTMENTS[code];
}

/** Everything wrong with a region's rules, for the test that guards the data; empty when they are sound. */
export function ticketRulesFaults(rules: TicketRules): string[] {
  const faults: string[] = [];
  const top = rules.levels.length - 1;
  for (const [code, route] of Object.entries(rules.routes)) {
    if (route.source.trim() === '') faults.push(`${code} has no source`);
    if (route.work.trim() === '') faults.push(`${code} does not say who does what`);
    if (route.co.includes(route.lead)) faults.push(`${code} names ${route.lead} as lead and as co-operating`);
    if (new Set(route.co).size !== route.co.length) faults.push(`${code} names a department twice`);
    if (route.joint && route.co.length === 0) faults.push(`${code} is joint enforcement by one department`);
    if ((route.firstLevel ?? 0) > top) faults.push(`${code} starts above the top level`);
  }
  if (rules.escalation.unsafeLevel > top) faults.push('unsafe matters go above the top level');
  if (rules.terms.extension.approverLevel > top) faults.push('extensions are approved above the top level');
  const misses = rules.escalation.steps.map((step) => step.misses);
  if (misses.some((count, index) => count !== index + 1)) faults.push('escalation steps are not 1, 2, 3 …');
  return faults;
}
