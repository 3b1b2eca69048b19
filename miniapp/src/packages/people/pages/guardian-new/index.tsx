import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button, ConfirmSheet, PageShell } from '@/components';
import { replace } from '@/navigate';
import { useAction, useMessageConsent } from '@/request';
import { currentHome, toast, useDraft, useSession } from '@/stores';
import { askGuardianship } from '../../api';
import { Proof, Reason, Ward } from '../../components/guardian-form';
import { askOf, type GuardianDraft, missingIn, sentenceOf } from '../../guardian-draft';
import { NotSent } from '../../components/not-sent';

const DRAFT = 'guardian/new';

/** Where one lives is mostly where the child owns. */
function useStart(): GuardianDraft {
  const home = useSession(currentHome);
  const here = home === null || home.kind === 'TENANT' ? null : home;
  return {
    estate: here === null ? null : { id: here.estateId, name: here.estateName, address: '' },
    unit: here === null ? null : { id: here.unitId, name: here.unitName },
    ownerName: '',
    kind: 'MINOR',
    endsOn: null,
    documents: [],
  };
}

/** 登记监护人: for which owner, why, until when, with what proof. What was typed stays on the phone until it is sent. */
export default function GuardianNewPage() {
  const draft = useDraft<GuardianDraft>(DRAFT, useStart());
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  const askForMessages = useMessageConsent(['ASSEMBLY']);
  const send = useAction(
    async (key) => {
      const ask = askOf(draft.value);
      if (ask === null) throw new Error('The form was sent before it was complete');
      return askGuardianship(key, ask.estateId, ask.request);
    },
    {
      name: DRAFT,
      onDone: () => {
        close();
        draft.discard();
        toast('已提交，有结果会发消息给您', 'good');
        replace('guardian');
      },
      onError: close,
    },
  );
  const fault = (path: string) => send.error?.fields.find((field) => field.path === path)?.message;
  const missing = missingIn(draft.value);
  const open = () => {
    setAsking(true);
  };
  const foot = (
    <Button block disabled={missing !== null} onTap={open}>
      {missing ?? '核对并提交'}
    </Button>
  );
  return (
    <PageShell route="guardianNew" foot={foot}>
      <View className="stack stack--4">
        {send.error !== null && <NotSent message={send.error.message} />}
        <Ward draft={draft} fault={fault} />
        <Reason draft={draft} fault={fault} />
        <Proof draft={draft} fault={fault} />
      </View>
      <ConfirmSheet
        open={asking}
        title="请核对"
        sentence={sentenceOf(draft.value)}
        doLabel="提交登记"
        safeLabel="再看看"
        busy={send.busy}
        busyText="正在提交"
        onConfirm={async () => {
          await askForMessages();
          await send.run();
        }}
        onClose={close}
      />
    </PageShell>
  );
}
