import type { AllowedSizes } from './long-functions.ts';

/** Those that were longer than a screen when the rule came, with their lines: to be split, and nothing is added. */
export const LONG_FUNCTIONS: AllowedSizes = {
  'miniapp/src/packages/assembly/pages/opinion/index.tsx OpinionForm': 64,
  'miniapp/src/packages/assembly/pages/vote/index.tsx Voting': 71,
  'miniapp/src/packages/payments/pages/bills/index.tsx BillsPage': 72,
  'miniapp/src/packages/payments/pages/bills/index.tsx PayFoot': 61,
  'miniapp/src/packages/workbench-assembly/components/delegate-form.tsx DelegateForm': 76,
  'miniapp/src/packages/workbench-assembly/components/schedule-step.tsx ScheduleStep': 63,
  'miniapp/src/packages/workbench-fees/components/item-editor.tsx ItemEditor': 66,
  'miniapp/src/packages/workbench-fees/components/one-offs.tsx OneOffs': 74,
  'miniapp/src/packages/workbench-fees/components/unit-billing.tsx UnitForm': 70,
  'miniapp/src/packages/workbench-fees/components/utilities-part.tsx UtilitiesPart': 82,
  'miniapp/src/packages/workbench-fees/pages/billing/index.tsx TermsCard': 83,
  'miniapp/src/packages/workbench-fees/pages/bills/index.tsx Billing': 62,
  'miniapp/src/packages/workbench-fees/pages/collection/index.tsx Bills': 64,
  'miniapp/src/packages/workbench-fees/pages/schedule/index.tsx Publish': 94,
  'scripts/bench/raw/ballot.ts ballot': 67,
  'scripts/bench/seed.ts seedHomes': 68,
};
