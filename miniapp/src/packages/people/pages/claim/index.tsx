import { View } from '@tarojs/components';
import { useState } from 'react';
import { Button, ConfirmSheet, PageShell } from '@/components';
import { replace } from '@/navigate';
import { useAction, useMessageConsent } from '@/request';
import { toast, useDraft } from '@/stores';
import { submitClaim } from '../../api';
import { type ClaimDraft, EMPTY_CLAIM, claimRequest, missingIn, sentenceOf } from '../../claim-draft';
import { Claimant, ClaimedHome, ClaimEvidence } from '../../components/claim-form';
import { NotSent } from '../../components/not-sent';

const DRAFT = 'claim/new';

/** 认领房屋: which home, as what, with what proof. What was typed stays on the phone until it is sent. */
export default function ClaimHomePage() {
  const draft = useDraft<ClaimDraft>(DRAFT, EMPTY_CLAIM);
  const { value } = draft;
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  const askForMessages = useMessageConsent(['CLAIM']);
  const send = useAction(
    async (key) => {
      const { estate, unit } = value;
      if (estate === null || unit === null) throw new Error('The form was sent before it was complete');
      return submitClaim(key, estate.id, claimRequest(value, unit));
    },
    {
      name: DRAFT,
      onDone: () => {
        close();
        draft.discard();
        toast('已提交，有结果会发消息给您', 'good');
        replace('homes');
      },
      onError: close,
    },
  );
  const fault = (path: string) => send.error?.fields.find((field) => field.path === path)?.message;
  const foot = (
    <SubmitButton
      missing={missingIn(value)}
      onTap={() => {
        setAsking(true);
      }}
    />
  );
  return (
    <PageShell route="claimHome" foot={foot}>
      <View className="stack stack--4">
        {send.error !== null && <NotSent message={send.error.message} />}
        <ClaimedHome draft={draft} fault={fault} />
        <Claimant draft={draft} fault={fault} />
        <ClaimEvidence draft={draft} fault={fault} />
      </View>
      <ConfirmSheet
        open={asking}
        title="提交认领"
        sentence={sentenceOf(value)}
        doLabel="提交认领"
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

/** Says what is still missing. */
function SubmitButton({ missing, onTap }: { readonly missing: string | null; readonly onTap: () => void }) {
  return (
    <Button block disabled={missing !== null} onTap={onTap}>
      {missing ?? '提交认领'}
    </Button>
  );
}
