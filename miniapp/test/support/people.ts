import type { Me, Membership, Residency, SignInResponse } from '@linli/shared/identity';

export function home(part: Partial<Residency> = {}): Residency {
  return {
    id: 'r1',
    estateId: 'e1',
    estateName: '康宁家园',
    unitId: 'u1',
    unitName: '3号楼 1单元 502',
    kind: 'OWNER',
    endsAt: null,
    ...part,
  };
}

export function membership(part: Partial<Membership> = {}): Membership {
  return {
    id: 'm1',
    organisationId: 'o1',
    organisationName: '康宁家园业主委员会',
    role: 'COMMITTEE_TREASURER',
    startsOn: '2025-01-01',
    endsOn: null,
    estates: [{ id: 'e1', name: '康宁家园' }],
    ...part,
  };
}

export function person(part: Partial<Me> = {}): Me {
  return {
    id: 'p1',
    name: '王秀英',
    phoneMasked: '138****5678',
    privacyAcceptedVersion: null,
    residencies: [home()],
    memberships: [],
    roles: [],
    ...part,
  };
}

export function signedIn(me: Me = person(), token = 'token-1'): SignInResponse {
  return { token, me };
}
