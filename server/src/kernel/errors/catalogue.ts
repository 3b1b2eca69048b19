import { BALLOT_LOG_ERRORS } from '@linli/shared/ballot-log';
import {
  ASSEMBLY_ERRORS,
  DECISION_ERRORS,
  EXTENSION_ERRORS,
  PAPER_ERRORS,
  PROXY_ERRORS,
  ELECTION_ERRORS,
  PETITION_ERRORS,
} from '@linli/shared/assembly';
import { KERNEL_ERRORS } from '@linli/shared/errors';
import { ESTATE_ERRORS } from '@linli/shared/estate';
import { FEE_ERRORS } from '@linli/shared/fees';
import { IDENTITY_ERRORS } from '@linli/shared/identity';
import { INCOME_ERRORS } from '@linli/shared/income';
import { AUDIT_ERRORS } from '@linli/shared/income-audit';
import { RECONCILE_ERRORS } from '@linli/shared/reconcile';
import { REFUND_ERRORS } from '@linli/shared/refunds';
import { RELIEF_ERRORS } from '@linli/shared/relief';
import { SPENDING_ERRORS } from '@linli/shared/spending';
import { TICKET_ERRORS } from '@linli/shared/tickets';
import { CONTACT_ERRORS } from '@linli/shared/contacts';
import { DISCLOSURE_ERRORS } from '@linli/shared/disclosure';
import { SHEET_ERRORS } from '../spreadsheet/sheet-errors.ts';

/** Every refusal the server knows; a code that is not here does not compile. */
export const CATALOGUE = {
  ...KERNEL_ERRORS,
  ...SHEET_ERRORS,
  ...IDENTITY_ERRORS,
  ...ESTATE_ERRORS,
  ...ASSEMBLY_ERRORS,
  ...DECISION_ERRORS,
  ...BALLOT_LOG_ERRORS,
  ...PAPER_ERRORS,
  ...PROXY_ERRORS,
  ...EXTENSION_ERRORS,
  ...ELECTION_ERRORS,
  ...PETITION_ERRORS,
  ...INCOME_ERRORS,
  ...SPENDING_ERRORS,
  ...AUDIT_ERRORS,
  ...FEE_ERRORS,
  ...REFUND_ERRORS,
  ...RECONCILE_ERRORS,
  ...RELIEF_ERRORS,
  ...DISCLOSURE_ERRORS,
  ...CONTACT_ERRORS,
  ...TICKET_ERRORS,
};

export type ErrorCode = keyof typeof CATALOGUE & string;
