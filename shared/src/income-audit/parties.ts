import type { PublishingBody } from '../income/index.ts';

/** Who has to answer a finding 由谁答复. */
export const RESPONSIBLE_BODIES = ['COMMITTEE', 'COMPANY'] as const;
export type ResponsibleBody = (typeof RESPONSIBLE_BODIES)[number];

/** Who may act on a finding, or owe something. */
export const AUDIT_PARTIES = ['COMMITTEE', 'COMPANY', 'COMMUNITY', 'STREET'] as const;
export type AuditParty = (typeof AUDIT_PARTIES)[number];
export const AUDIT_PARTY_LABELS: Readonly<Record<AuditParty, string>> = {
  COMMITTEE: '业委会',
  COMPANY: '物业企业',
  COMMUNITY: '社区',
  STREET: '街道',
};

/** The body that answers: while no committee is in office, the community that stands in for it 社区代行. */
export function answererOf(
  responsible: ResponsibleBody,
  publishedBy: PublishingBody,
): Exclude<AuditParty, 'STREET'> {
  return responsible === 'COMPANY' ? 'COMPANY' : publishedBy;
}

/** 社区监督: the community says whether an answer is enough; of its own answer, the street does. */
export function supervisorOf(answeredAs: AuditParty): Extract<AuditParty, 'COMMUNITY' | 'STREET'> {
  return answeredAs === 'COMMUNITY' ? 'STREET' : 'COMMUNITY';
}
