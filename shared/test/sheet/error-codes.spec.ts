import { expect, it } from '@jest/globals';
import { BOARD_FAULTS, CONTACT_ERRORS } from '../../src/contacts/index.ts';
import { DISCLOSURE_ERRORS } from '../../src/disclosure/index.ts';
import { KERNEL_ERRORS, mergeErrors } from '../../src/errors/index.ts';
import { FEE_ERRORS } from '../../src/fees/index.ts';
import { INCOME_ERRORS, STATEMENT_FAULTS } from '../../src/income/index.ts';
import { TICKET_ERRORS } from '../../src/tickets/index.ts';

it('no error code of these features is claimed twice', () => {
  const merged = mergeErrors(
    KERNEL_ERRORS,
    TICKET_ERRORS,
    FEE_ERRORS,
    STATEMENT_FAULTS,
    INCOME_ERRORS,
    BOARD_FAULTS,
    CONTACT_ERRORS,
    DISCLOSURE_ERRORS,
  );
  expect(Object.keys(merged).length).toBeGreaterThan(150);
});
