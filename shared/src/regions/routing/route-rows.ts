import type { DepartmentCode, TicketCategoryCode, TicketRoute } from '../../tickets/index.ts';

export type RouteRows = Readonly<Partial<Record<TicketCategoryCode, TicketRoute>>>;

/** One row of a routing table: who leads, who co-operates, who does what, and where that is written. */
export function route(
  lead: DepartmentCode,
  co: readonly DepartmentCode[],
  work: string,
  source: string,
  traits: Pick<TicketRoute, 'slaClass' | 'firstLevel'> = {},
): TicketRoute {
  return { lead, co, joint: false, work, source, ...traits };
}

/** A row whose source has several departments act together 联合执法: the street coordinates them. */
export function jointRoute(
  lead: DepartmentCode,
  co: readonly DepartmentCode[],
  work: string,
  source: string,
  traits: Pick<TicketRoute, 'slaClass' | 'firstLevel'> = {},
): TicketRoute {
  return { ...route(lead, co, work, source, traits), joint: true };
}

/** The region's own rows over the national ones; a category without an own row keeps the national row and its source. */
export function overNational(
  national: Readonly<Record<TicketCategoryCode, TicketRoute>>,
  own: RouteRows,
): Readonly<Record<TicketCategoryCode, TicketRoute>> {
  return { ...national, ...own };
}
