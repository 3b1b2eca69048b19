import { useMemo } from 'react';
import {
  canClosePage,
  closePage,
  currentUrl,
  openPage,
  openTab,
  replacePage,
  restartAt,
  useQuery,
} from './platform';
import {
  type RouteArguments,
  type RouteName,
  type RouteParams,
  type TabName,
  routeAt,
  routeOf,
  routeUrl,
} from './routes';
import { useSession } from './stores/session';

/** Opens a page of the route table: `navigate('ticket', { ticketId })`. A tab is switched to. */
export function navigate<Name extends RouteName>(name: Name, ...[params]: RouteArguments<Name>): void {
  const url = routeUrl(name, params);
  if (routeOf(name).tab === true) openTab(url);
  else openPage(url);
}

/** In place of this page, so that going back does not come here again. */
export function replace<Name extends RouteName>(name: Name, ...[params]: RouteArguments<Name>): void {
  const url = routeUrl(name, params);
  if (routeOf(name).tab === true) openTab(url);
  else replacePage(url);
}

/** Back to where the person came from; where the page was opened by a link, to a tab, or staff to their desk. */
export function goBack(fallback: TabName = 'home'): void {
  if (closePage()) return;
  if (useSession.getState().view === 'STAFF') startAt('desk');
  else openTab(routeUrl(fallback));
}

export function hasPageBelow(): boolean {
  return canClosePage();
}

/** To the sign-in page, remembering this one. */
export function askToSignIn(): void {
  const here = currentUrl();
  openPage(routeUrl('signIn', { back: routeAt(here) === undefined ? undefined : here }));
}

/** After signing in: where the person wanted to go. Only addresses of the route table are followed. */
export function returnTo(back: string | undefined, fallback: RouteName): void {
  const name = back === undefined ? undefined : routeAt(back);
  if (back === undefined || name === undefined || name === 'signIn') {
    restartAt(routeUrl(fallback));
    return;
  }
  if (routeOf(name).tab === true) restartAt(routeUrl(name));
  else if (!closePage()) replacePage(back);
}

/** Where a message leads. Only addresses of the route table are followed; others do nothing. */
export function openLink(link: string): void {
  const name = routeAt(link);
  if (name === undefined) return;
  if (routeOf(name).tab === true) openTab(routeUrl(name));
  else openPage(link.replace(/^\/?/, '/'));
}

/** Forgets the pages below and starts anew: after signing out, or between resident and staff. */
export function startAt(name: RouteName): void {
  restartAt(routeUrl(name));
}

/** The parameters that this page was opened with; a missing one is undefined and for the page to refuse. */
export function useRouteParams<Name extends RouteName>(_name: Name): Partial<RouteParams<Name>> {
  const query = useQuery();
  const text = JSON.stringify(query);
  // The router answers a new object at each render.
  return useMemo(() => JSON.parse(text) as Partial<RouteParams<Name>>, [text]);
}
