import { describe, expect, test } from '@jest/globals';
import {
  checkConfirmation,
  checkProposal,
  ESTATE_ROLES,
  GRANTORS,
  INVITATION_ALPHABET,
  ORGANISATION_KINDS,
  samePersonName,
  tidyInvitationCode,
  type EstateRole,
} from '../../src/identity/index.ts';

const person = (personId: string, ...roles: EstateRole[]) => ({ personId, roles });

describe('granting an office', () => {
  test('a manager proposes a clerk and the community confirms', () => {
    const office = { kind: 'COMPANY', role: 'COMPANY_CLERK', personId: 'new', wholeArea: false } as const;
    expect(checkProposal(office, person('m', 'COMPANY_MANAGER'))).toBeNull();
    const proposed = { ...office, proposedBy: 'm', proposerRoles: ['COMPANY_MANAGER'] as const };
    expect(checkConfirmation(proposed, person('c', 'COMMUNITY_OFFICER'))).toBeNull();
  });

  test('nobody proposes themselves, confirms themselves, or confirms what they proposed', () => {
    const office = { kind: 'COMPANY', role: 'COMPANY_CLERK', personId: 'x', wholeArea: false } as const;
    expect(checkProposal(office, person('x', 'COMPANY_MANAGER'))).toBe('MEMBERSHIP.TWO_PERSONS');
    const proposed = { ...office, proposedBy: 'p', proposerRoles: ['COMPANY_MANAGER'] as const };
    for (const id of ['x', 'p'])
      expect(checkConfirmation(proposed, person(id, 'COMPANY_MANAGER'))).toBe('MEMBERSHIP.TWO_PERSONS');
  });

  test('two of a committee alone do not make a third member', () => {
    const office = {
      kind: 'COMMITTEE',
      personId: 'new',
      proposedBy: 'a',
      proposerRoles: ['COMMITTEE_CHAIR'],
    } as const;
    expect(checkConfirmation(office, person('b', 'COMMITTEE_CHAIR'))).toBe('MEMBERSHIP.SUPERVISOR');
    expect(checkConfirmation(office, person('b', 'STREET_OFFICER'))).toBeNull();
    const byStreet = { ...office, proposerRoles: ['STREET_OFFICER'] as const };
    expect(checkConfirmation(byStreet, person('b', 'COMMITTEE_CHAIR'))).toBeNull();
  });

  test('an organisation gives its own offices only', () => {
    const office = { kind: 'COMPANY', role: 'COMMITTEE_CHAIR', personId: 'new', wholeArea: false } as const;
    expect(checkProposal(office, person('s', 'STREET_OFFICER'))).toBe('MEMBERSHIP.ROLE');
  });

  test('a committee and a company serve estate by estate; who supervises may serve an area', () => {
    const company = { kind: 'COMPANY', role: 'COMPANY_CLERK', personId: 'new', wholeArea: true } as const;
    expect(checkProposal(company, person('s', 'STREET_OFFICER'))).toBe('MEMBERSHIP.AREA');
    const community = {
      kind: 'COMMUNITY',
      role: 'COMMUNITY_OFFICER',
      personId: 'new',
      wholeArea: true,
    } as const;
    expect(checkProposal(community, person('s', 'STREET_OFFICER'))).toBeNull();
  });

  test('residents grant nothing, and nobody grants the operator', () => {
    for (const kind of ORGANISATION_KINDS)
      for (const role of ['OWNER', 'FAMILY', 'TENANT', 'COMPANY_CLERK', 'COMMITTEE_MEMBER'] as const)
        expect(GRANTORS[kind]).not.toContain(role);
    const operator = { kind: 'OPERATOR', role: 'OPERATOR', personId: 'new', wholeArea: false } as const;
    for (const role of ESTATE_ROLES)
      expect(checkProposal(operator, person('p', role))).toBe('MEMBERSHIP.NOT_YOURS');
  });
});

describe('names and codes as people write them', () => {
  test('spaces and middle dots do not make another person', () => {
    expect(samePersonName('张 三', '张三')).toBe(true);
    expect(samePersonName('买买提·艾力', '买买提•艾力')).toBe(true);
    expect(samePersonName('张三', '张三丰')).toBe(false);
    expect(samePersonName(' · ', '')).toBe(false);
  });

  test('a code survives lower case, spaces and dashes; its letters cannot be mistaken', () => {
    expect(tidyInvitationCode(' abcd-2345 ')).toBe('ABCD2345');
    for (const letter of '01OIL') expect(INVITATION_ALPHABET).not.toContain(letter);
    expect(new Set(INVITATION_ALPHABET).size).toBe(INVITATION_ALPHABET.length);
  });
});
