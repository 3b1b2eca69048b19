import type { AccusedBody } from './categories.ts';
import { maskName, maskPhone } from '../kernel/index.ts';

/** From where somebody looks at a complaint. */
export interface TicketViewer {
  /** The complainant, or the person who acts for an organisation. */
  readonly isComplainant: boolean;
  /** The kinds of all organisations the viewer acts for; empty for residents. */
  readonly organisations: readonly string[];
  /** Whether the complaint is, or was, with one of them. */
  readonly handles: boolean;
}

/** REAL name and phone 实名, a MASKED name, or nothing at all. */
export type ComplainantVisibility = 'REAL' | 'MASKED' | 'HIDDEN';

/** Whether somebody acts for a body that is complained about, whatever else they act for beside it. */
export function actsForAccused(accused: readonly AccusedBody[], organisations: readonly string[]): boolean {
  return accused.some((body) => organisations.includes(body));
}

/**
 * Who learns who complained: handlers do, others see a masked name, and a body that is complained about never does,
 * also where it handles the complaint (architecture: complainants' identities never reach the party complained about).
 * An anonymous report 匿名举报 shows nobody.
 */
export function complainantVisibility(
  accused: readonly AccusedBody[],
  anonymous: boolean,
  { isComplainant, organisations, handles }: TicketViewer,
): ComplainantVisibility {
  if (isComplainant) return 'REAL';
  if (anonymous || actsForAccused(accused, organisations)) return 'HIDDEN';
  return organisations.length > 0 && handles ? 'REAL' : 'MASKED';
}

export interface ShownComplainant {
  readonly name: string;
  readonly phone: string | null;
  /** `1号楼 1单元 101`; told to handlers only, a home is a name as well. */
  readonly unitName: string | null;
}

export function showComplainant(
  person: { readonly name: string; readonly phone: string | null; readonly unitName: string | null },
  visibility: ComplainantVisibility,
): ShownComplainant {
  switch (visibility) {
    case 'REAL':
      return person;
    case 'MASKED':
      return {
        name: maskName(person.name),
        phone: person.phone === null ? null : maskPhone(person.phone),
        unitName: null,
      };
    case 'HIDDEN':
      return { name: '一位居民', phone: null, unitName: null };
  }
}
