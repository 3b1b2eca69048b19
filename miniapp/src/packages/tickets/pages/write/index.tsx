import { View } from '@tarojs/components';
import { type TicketCategoryCode, isTicketCategory, ticketCategory } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, Card, ConfirmSheet, PageShell, StateBlock } from '@/components';
import { replace, useRouteParams } from '@/navigate';
import { spoken } from '@/platform';
import type { ApiError } from '@/request';
import { useDraft, useSession } from '@/stores';
import { KindAndName } from '../../components/kind-and-name';
import { ResponsibleCard } from '../../components/responsible-card';
import { DangerCard, WhatHappened } from '../../components/what-happened';
import { type ComplaintDraft, EMPTY_DRAFT, draftName, faultsOf, readBack } from '../../model';
import { useFiling, useHomeFor } from '../../use-filing';

/** Who is responsible first, then what happened, where, photos, and the read-back before it goes. */
export default function ComplaintFormPage() {
  const { category } = useRouteParams('complaintForm');
  const estateId = useSession((state) => state.estateId);
  const known = category !== undefined && isTicketCategory(category) && estateId !== null;
  return (
    <PageShell route="complaintForm" title={known ? ticketCategory(category).label : '写投诉'}>
      {known ? (
        <ComplaintForm key={category} estateId={estateId} category={category} />
      ) : (
        <StateBlock
          icon="complaint"
          title="先选一类"
          next={{
            label: '去选类别',
            onTap: () => {
              replace('complain');
            },
          }}
        />
      )}
    </PageShell>
  );
}

function ComplaintForm({
  estateId,
  category,
}: {
  readonly estateId: string;
  readonly category: TicketCategoryCode;
}) {
  const draft = useDraft<ComplaintDraft>(draftName(estateId, category), EMPTY_DRAFT);
  const home = useHomeFor(estateId, draft.value.unitId);
  const [checked, setChecked] = useState(false);
  const [asking, setAsking] = useState(false);
  const { value } = draft;
  const send = useFiling({ estateId, category, draft, unitId: home?.unitId ?? null }, () => {
    setAsking(false);
  });

  const ask = () => {
    setChecked(true);
    send.clearError();
    if (Object.keys(faultsOf(value)).length === 0) setAsking(true);
  };

  return (
    <View className="stack stack--4">
      <ResponsibleCard category={category} danger={value.danger} />
      <DangerCard category={category} draft={draft} />
      <WhatHappened
        estateId={estateId}
        category={category}
        draft={draft}
        faults={checked ? faultsOf(value) : {}}
        error={send.error}
      />
      <Card>
        <KindAndName category={category} draft={draft} home={home} />
      </Card>
      {send.error !== null && <FailedToSend error={send.error} />}
      <Button block onTap={ask}>
        提交
      </Button>
      <View className="t-caption t-muted">没提交的内容会留在这台设备上，下次打开接着写。</View>
      <ConfirmSheet
        open={asking}
        title="提交投诉"
        sentence={readBack(category, value, home)}
        doLabel="确认提交"
        busyText="正在提交"
        busy={send.busy}
        onConfirm={() => send.run()}
        onClose={() => {
          setAsking(false);
        }}
      />
    </View>
  );
}

function FailedToSend({ error }: { readonly error: ApiError }) {
  const kept = error.uncertain ? '。您写的内容和照片都留着，再点“提交”不会重复。' : '';
  return (
    <View className="t-bad" {...spoken({ role: 'alert' })}>
      {`没有提交成功：${error.message}${kept}`}
    </View>
  );
}
