import { expect, it } from '@jest/globals';
import { BOARD_FAULTS, CONTACT_ERRORS } from '../../src/contacts/index.ts';
import { DISCLOSURE_ERRORS } from '../../src/disclosure/index.ts';
import { KERNEL_ERRORS } from '../../src/errors/index.ts';
import { FEE_ERRORS } from '../../src/fees/index.ts';
import { INCOME_ERRORS, STATEMENT_FAULTS } from '../../src/income/index.ts';
import { TICKET_ERRORS } from '../../src/tickets/index.ts';

it('no error code of these features is claimed twice', () => {
  const codes = [
    KERNEL_ERRORS,
    TICKET_ERRORS,
    FEE_ERRORS,
    STATEMENT_FAULTS,
    INCOME_ERRORS,
    BOARD_FAULTS,
    CONTACT_ERRORS,
    DISCLOSURE_ERRORS,
  ].flatMap((catalogue) => Object.keys(catalogue));
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(codes.length).toBeGreaterThan(150);
});
