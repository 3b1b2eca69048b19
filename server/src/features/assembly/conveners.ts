import { COMMITTEE, OWNERS, SUPERVISORS } from '../../kernel/access/index.ts';

/** 业委会 convenes; where it does not, 街道 does in its place (北京 36, 上海 25). */
export const CONVENERS = [...COMMITTEE, 'STREET_OFFICER'] as const;

/** Who takes mandates on paper and holds them against the scan: never the company. */
export const MANDATE_DESK = [...CONVENERS, 'COMMUNITY_OFFICER'] as const;

/** Owners check the roll against each other, those who supervise the vote check it too. The company does not. */
export const ROLL_READERS = [...OWNERS, ...COMMITTEE, ...SUPERVISORS] as const;
