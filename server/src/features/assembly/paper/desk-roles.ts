import { PAPER_DESK_ROLES } from '@linli/shared/assembly';
import type { EstateRole } from '../../../kernel/access/index.ts';

/** Who may have a part in papers anywhere: 业委会 with 社区 and 街道 beside it. The region says who of them does what. */
export const PAPER_DESK: readonly EstateRole[] = PAPER_DESK_ROLES;
