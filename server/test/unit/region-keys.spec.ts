import { expect, test } from '@jest/globals';
import { FOR_LATER, NATIONAL_PROFILE, RULE_GROUPS } from '@linli/shared/regions';
import { sourceFiles } from '../support/source-files.ts';

/** How code names each group: its type, or the group on a profile. */
const NAMES = {
  voting: 'VotingRules',
  meeting: 'MeetingRules|ConveningRules|ProxyRules|ResultRules|PaperRules|PaperMeeting',
  committee: 'CommitteeRules',
  filing: 'FilingRules',
  income: 'IncomeRules|AuditRules',
  fees: 'FeeRegionRules|RegionFeeRules',
  boards: 'ContactBoardRules',
  supervision: 'SupervisionRules',
} as const satisfies Record<(typeof RULE_GROUPS)[number], string>;

/** Where the rules are laid down, not where they are read. */
const DATA = /^shared\/src\/regions\/|\/rules\.ts$/;
const CODE = sourceFiles('shared/src', 'server/src').filter(({ path }) => !DATA.test(path));

/** A key is read where a file names its group and takes the key out of something. */
const isRead = (group: (typeof RULE_GROUPS)[number], key: string): boolean => {
  const knowsGroup = new RegExp(
    `\\b(?:${NAMES[group]})\\b|(?:profile|rules|regionProfile\\([^)]*\\))\\.${group}\\b|\\{[^}]*\\b${group}\\b[^}]*\\} = `,
  );
  const takesKey = new RegExp(`\\.${key}\\b|\\{[^{}]*\\b${key}\\b[^{}]*\\}(?: =|: )`);
  return CODE.some(({ text }) => knowsGroup.test(text) && takesKey.test(text));
};

const KEYS = RULE_GROUPS.flatMap((group) =>
  Object.keys(NATIONAL_PROFILE[group]).map((key) => [group, key] as const),
);

test.each(KEYS)('%s.%s is read by the product, or waits for its feature', (group, key) => {
  const waits = `${group}.${key}` in FOR_LATER;
  expect({ read: isRead(group, key), waits }).toEqual({ read: !waits, waits });
});
