export const ONLINE_BALLOT_MODES = ['NATIVE', 'OFFICIAL_PLATFORM_ONLY', 'ADVISORY'] as const;
/** Whether a ballot in this app binds, or only the government's own voting system does (北京市物业管理条例 35). */
export type OnlineBallotMode = (typeof ONLINE_BALLOT_MODES)[number];

/** The banner on every screen of a vote that does not bind; null where it does. */
export const BALLOT_MODE_BANNERS: Readonly<Record<OnlineBallotMode, string | null>> = {
  NATIVE: null,
  OFFICIAL_PLATFORM_ONLY:
    '本地规定电子投票须在政府指定的系统进行。这里的投票只用来了解大家的意见，不产生法律效力',
  ADVISORY: '这次投票只用来了解大家的意见，不产生法律效力',
};

/** What is told of a vote that binds nobody begins with that, so that no length cuts it off. */
export function withBanner(mode: OnlineBallotMode, text: string): string {
  const banner = BALLOT_MODE_BANNERS[mode];
  return banner === null ? text : `${banner}。${text}`;
}

export function isBinding(mode: OnlineBallotMode): boolean {
  return mode === 'NATIVE';
}
