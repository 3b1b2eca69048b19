import { BALLOT_MODE_BANNERS, type OnlineBallotMode, type VotingRules } from '@linli/shared/assembly';

const CHANNEL_ADVICE: Readonly<Record<VotingRules['channelPriority'], string>> = {
  LAST: '纸质票和手机都投了的，以最后收到的为准。',
  PAPER: '纸质票和手机都投了的，以纸质票为准。',
  ONLINE: '纸质票和手机都投了的，以手机投票为准。',
};

const PART: Readonly<Record<VotingRules['blank'], string>> = {
  PARTICIPATES: '算参加表决，不算同意',
  EXCLUDED: '这一项不算参加表决',
};

/**
 * What a printed ballot says before its motions 填写说明: whether it binds, how to mark it and what the rules of this vote
 * make of 弃权 and of what is left open, by when it is handed in, and which channel goes first.
 */
export function paperAdvice(
  rules: Pick<VotingRules, 'blank' | 'abstain' | 'channelPriority'>,
  mode: OnlineBallotMode,
  deadline: string,
): string[] {
  const banner = BALLOT_MODE_BANNERS[mode];
  return [
    ...(banner === null ? [] : [`${banner}。`]),
    `每项议题只选一项，在方框里打“√”。选“弃权”的，${PART[rules.abstain]}；没有勾选的，或者勾了两项的，${PART[rules.blank]}。`,
    `请在 ${deadline} 以前交到业主委员会或社区居民委员会，当场登记编号；过时交回的不计入。`,
    `也可以扫码在手机上投票。${CHANNEL_ADVICE[rules.channelPriority]}请不要复印，同一编号只收一张。`,
  ];
}
