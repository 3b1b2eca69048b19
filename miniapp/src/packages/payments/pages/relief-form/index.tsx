import { View } from '@tarojs/components';
import type { BillView } from '@linli/shared/fees';
import type { ReliefView } from '@linli/shared/relief';
import { useState } from 'react';
import { Button, Card, ConfirmSheet, PageShell, SkeletonCard } from '@/components';
import { replace, useRouteParams } from '@/navigate';
import { useAction, useMessageConsent } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { useMyBills } from '../../api';
import { Hardship, WhatIsAsked } from '../../components/relief-form';
import { askRelief, resubmitRelief, useMyRelief } from '../../relief-api';
import {
  EMPTY_RELIEF,
  missingIn,
  papersOf,
  relievable,
  sentenceOf,
  type ReliefDraft,
} from '../../relief-draft';

/** 申请减免缓缴: which bills and with what proof; or the same again, put right. */
export default function ReliefFormPage() {
  const { id } = useRouteParams('reliefForm');
  const bills = useMyBills();
  const mine = useMyRelief();
  const returned = mine.status === 'ready' ? mine.data.items.find((item) => item.id === id) : undefined;
  if (id !== undefined && returned === undefined)
    return (
      <PageShell route="reliefForm" resource={mine} skeleton={<SkeletonCard lines={6} />}>
        {() => <View>没有找到这份申请。</View>}
      </PageShell>
    );
  return (
    <PageShell route="reliefForm" resource={bills} skeleton={<SkeletonCard lines={6} />}>
      {({ items }) => <Form bills={items} returned={returned ?? null} />}
    </PageShell>
  );
}

function Form({
  bills,
  returned,
}: {
  readonly bills: readonly BillView[];
  readonly returned: ReliefView | null;
}) {
  const unitId = useSession((state) => state.unitId);
  const draft = useDraft<ReliefDraft>(nameOf(returned), {
    ...EMPTY_RELIEF,
    kind: returned?.kind ?? 'REDUCTION',
  });
  const { value } = draft;
  const offered = relievable(bills, unitId, value.kind);
  const ids = returned === null ? value.billIds : returned.bills.map(({ billId }) => billId);
  const chosen = bills.filter((bill) => ids.indexOf(bill.id) >= 0);
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  const askForMessages = useMessageConsent(['PAYMENT']);
  const send = useSending(returned, draft, chosen, close);
  const fault = (path: string) => send.error?.fields.find((field) => field.path === path)?.message;
  return (
    <View className="stack stack--4">
      {send.error !== null && <Notice text={`${send.error.message}。您填的内容还在手机里。`} />}
      {returned === null ? (
        <WhatIsAsked draft={draft} fault={fault} bills={offered} />
      ) : (
        <Notice text={`社区请您补正：${returned.communityNote}`} />
      )}
      <Hardship draft={draft} fault={fault} />
      <Submit
        missing={missingIn(value, chosen.length)}
        onTap={() => {
          setAsking(true);
        }}
      />
      <ConfirmSheet
        open={asking}
        title="提交申请"
        sentence={sentenceOf(value, chosen)}
        doLabel="提交"
        busy={send.busy}
        busyText="正在提交"
        onConfirm={async () => {
          await askForMessages();
          await send.run();
        }}
        onClose={close}
      />
    </View>
  );
}

function Notice({ text }: { readonly text: string }) {
  return (
    <Card tone="urgent">
      <View>{text}</View>
    </Card>
  );
}

/** Says what is still missing. */
function Submit({ missing, onTap }: { readonly missing: string | null; readonly onTap: () => void }) {
  return (
    <Button block disabled={missing !== null} onTap={onTap}>
      {missing ?? '提交申请'}
    </Button>
  );
}

function useSending(
  returned: ReliefView | null,
  draft: DraftHandle<ReliefDraft>,
  chosen: readonly BillView[],
  onEnd: () => void,
) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return useAction(
    (key) => {
      const papers = papersOf(draft.value);
      if (returned !== null)
        return resubmitRelief(estateId, returned.id, { ...papers, wishedUntil: returned.wishedUntil });
      const unitId = chosen[0]?.unitId ?? '';
      const billIds = chosen.map(({ id }) => id);
      return askRelief(key, estateId, { ...papers, unitId, kind: draft.value.kind, billIds });
    },
    {
      name: nameOf(returned),
      onDone: () => {
        onEnd();
        draft.discard();
        toast('已提交，有结果会发消息给您', 'good');
        replace('relief');
      },
      onError: onEnd,
    },
  );
}

const nameOf = (returned: ReliefView | null): string => `relief/${returned?.id ?? 'new'}`;
