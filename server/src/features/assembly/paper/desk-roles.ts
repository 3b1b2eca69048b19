import { COMMITTEE, STREET } from '../../../kernel/access/index.ts';

/** Who prints, delivers, takes in and reads papers: 业委会 with 社区 and 街道 beside it. The company never touches one. */
export const PAPER_DESK = [...COMMITTEE, ...STREET] as const;
