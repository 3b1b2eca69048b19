import type { Residency } from '@linli/shared/identity';
import {
  type TicketCategoryCode,
  type TicketKind,
  TICKET_KINDS,
  TICKET_KIND_LABELS,
  asksAboutCompany,
} from '@linli/shared/tickets';
import { View } from '@tarojs/components';
import { Check, Field, Picker } from '@/components';
import { type DraftHandle, myHomes, useSession } from '@/stores';
import { type ComplaintDraft, namedSentence } from '../model';

const KINDS = TICKET_KINDS.map((value) => ({ value, label: TICKET_KIND_LABELS[value] }));

/** What kind of wish it is, for which home, whether it is about the company, and who will know who wrote. */
export function KindAndName({
  category,
  draft,
  home,
}: {
  readonly category: TicketCategoryCode;
  readonly draft: DraftHandle<ComplaintDraft>;
  readonly home: Residency | null;
}) {
  const { kind, anonymous, aboutCompany } = draft.value;
  return (
    <View className="stack stack--4">
      <Field label="诉求类型">
        <Picker<TicketKind>
          value={kind}
          options={KINDS}
          onChange={(next) => {
            draft.merge({ kind: next });
          }}
        />
      </Field>
      {home !== null && <HomeField draft={draft} home={home} />}
      {asksAboutCompany(category) && (
        <Check
          on={aboutCompany}
          onChange={(next) => {
            draft.merge({ aboutCompany: next });
          }}
          label="是关于物业公司的"
        >
          是关于物业公司的（物业看不到是谁反映的）
        </Check>
      )}
      {kind === 'REPORT' && (
        <Check
          on={anonymous}
          onChange={(next) => {
            draft.merge({ anonymous: next });
          }}
          label="匿名举报"
        >
          匿名举报
        </Check>
      )}
      <View className="t-second t-muted">{namedSentence(draft.value)}</View>
    </View>
  );
}

/** Which home it is for: said where there is one, chosen where there are several. */
function HomeField({
  draft,
  home,
}: {
  readonly draft: DraftHandle<ComplaintDraft>;
  readonly home: Residency;
}) {
  const homes = useSession(myHomes).filter(({ estateId }) => estateId === home.estateId);
  return (
    <Field label="我的房屋">
      {homes.length < 2 ? (
        <View>{home.unitName}</View>
      ) : (
        <Picker<string>
          value={home.unitId}
          options={homes.map(({ unitId, unitName }) => ({ value: unitId, label: unitName }))}
          onChange={(unitId) => {
            draft.merge({ unitId });
          }}
        />
      )}
    </Field>
  );
}
