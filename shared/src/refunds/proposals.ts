/** What two people settle at the desk without sending money: one proposes it with a reason, another decides. */
export const PROPOSAL_SUBJECTS = ['CREDIT', 'QUARANTINE', 'DIFFERENCE'] as const;
export type ProposalSubject = (typeof PROPOSAL_SUBJECTS)[number];

export const PROPOSAL_OUTCOMES = ['KEEP', 'CREDIT', 'DISMISS', 'EXPLAIN', 'CORRECTED', 'AS_FEE'] as const;
export type ProposalOutcome = (typeof PROPOSAL_OUTCOMES)[number];
export const PROPOSAL_OUTCOME_LABELS: Readonly<Record<ProposalOutcome, string>> = {
  KEEP: '留着抵下一张账单',
  CREDIT: '记为这户的预存',
  DISMISS: '核销（钱没有进本账户）',
  EXPLAIN: '查明原因，不用更正',
  CORRECTED: '已经更正',
  AS_FEE: '差额记为支付手续费',
};

/** What can become of each by a proposal; giving money back is a refund. */
export const OUTCOMES_OF: Readonly<Record<ProposalSubject, readonly ProposalOutcome[]>> = {
  CREDIT: ['KEEP'],
  QUARANTINE: ['CREDIT', 'DISMISS'],
  DIFFERENCE: ['EXPLAIN', 'CORRECTED', 'AS_FEE'],
};

export const VERDICTS = ['APPROVED', 'REJECTED'] as const;
export type Verdict = (typeof VERDICTS)[number];
