import { View } from '@tarojs/components';
import {
  type TicketCategoryCode,
  type TicketKind,
  TICKET_KINDS,
  TICKET_KIND_LABELS,
  TICKET_LIMITS,
  isTicketCategory,
  ticketCategory,
} from '@linli/shared/tickets';
import { useState } from 'react';
import {
  Button,
  Card,
  Check,
  ConfirmSheet,
  Field,
  PageShell,
  PhotoPicker,
  Picker,
  StateBlock,
  TextArea,
  TextInput,
} from '@/components';
import { replace, useRouteParams } from '@/navigate';
import { spoken } from '@/platform';
import { type ApiError, photoUpload, useAction } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { fileTicket } from '../../api';
import { ResponsibleCard } from '../../components/responsible-card';
import { SimilarList } from '../../components/similar-list';
import { type ComplaintDraft, EMPTY_DRAFT, draftName, faultsOf, requestOf } from '../../model';

const KINDS = TICKET_KINDS.map((value) => ({ value, label: TICKET_KIND_LABELS[value] }));

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
  const draft = useDraft<ComplaintDraft>(draftName(category), EMPTY_DRAFT);
  const [checked, setChecked] = useState(false);
  const [asking, setAsking] = useState(false);
  const { value } = draft;
  const faults = checked ? faultsOf(value) : {};
  const send = useFiling(estateId, category, draft, () => {
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
      {ticketCategory(category).danger === 'IF_SAID' && (
        <Card>
          <Check
            on={value.danger}
            onChange={(danger) => {
              draft.merge({ danger });
            }}
            label="现在有人有危险"
          >
            现在有人有危险（被困、漏气、起火、要掉落）
          </Check>
        </Card>
      )}
      <Card>
        <View className="stack stack--4">
          <Field label="一句话说明" error={faults.title ?? send.error?.field('title')}>
            <TextInput
              value={value.title}
              placeholder="例如：楼道灯不亮"
              maxLength={TICKET_LIMITS.titleMax}
              onChange={(title) => {
                draft.merge({ title });
              }}
            />
          </Field>
          <Field label="在哪里" optional error={send.error?.field('place')}>
            <TextInput
              value={value.place}
              placeholder="例如：3号楼2单元门口"
              maxLength={TICKET_LIMITS.placeMax}
              onChange={(place) => {
                draft.merge({ place });
              }}
            />
          </Field>
          <SimilarList estateId={estateId} draft={{ category, ...value }} />
          <Field label="怎么了" error={faults.text ?? send.error?.field('text')}>
            <TextArea
              value={value.text}
              placeholder="什么时候开始的，现在是什么样，希望怎么解决"
              maxLength={TICKET_LIMITS.textMax}
              onChange={(text) => {
                draft.merge({ text });
              }}
            />
          </Field>
          <Field label="照片" optional hint="最多 9 张。位置信息会自动去掉，只有办理的人看得到。">
            <PhotoPicker
              photos={value.photos}
              upload={photoUpload('TICKET_PHOTO')}
              onAdd={(photo) => {
                draft.update((now) => ({ ...now, photos: [...now.photos, photo] }));
              }}
              onRemove={(id) => {
                draft.merge({ photos: value.photos.filter((photo) => photo.id !== id) });
              }}
            />
          </Field>
        </View>
      </Card>
      <Card>
        <KindAndName draft={draft} />
      </Card>
      {send.error !== null && <FailedToSend error={send.error} />}
      <Button block onTap={ask}>
        提交
      </Button>
      <View className="t-caption t-muted">没提交的内容会留在这台设备上，下次打开接着写。</View>
      <ConfirmSheet
        open={asking}
        title="提交投诉"
        sentence={`反映“${value.title.trim()}”${value.photos.length === 0 ? '' : `，附 ${value.photos.length} 张照片`}。${namedSentence(value)}`}
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

function namedSentence({ kind, anonymous }: ComplaintDraft): string {
  if (anonymous && kind === 'REPORT') return '匿名举报：谁都看不到您是谁，也可能无法向您核实。';
  return '办理的人能看到您的姓名、电话和房号，方便联系您；邻居和被投诉的一方看不到。';
}

function KindAndName({ draft }: { readonly draft: DraftHandle<ComplaintDraft> }) {
  const { kind, anonymous } = draft.value;
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

function FailedToSend({ error }: { readonly error: ApiError }) {
  const kept = error.uncertain ? '。您写的内容和照片都留着，再点“提交”不会重复。' : '';
  return (
    <View className="t-bad" {...spoken({ role: 'alert' })}>
      {`没有提交成功：${error.message}${kept}`}
    </View>
  );
}

/** The key is kept on the phone with the draft: whoever comes back and sends again does not file it twice. */
function useFiling(
  estateId: string,
  category: TicketCategoryCode,
  draft: DraftHandle<ComplaintDraft>,
  close: () => void,
) {
  return useAction((key) => fileTicket(estateId, key, requestOf(category, draft.value)), {
    name: draftName(category),
    onDone: ({ id }) => {
      draft.discard();
      close();
      replace('complaintDetail', { estateId, id, sent: '1' });
    },
    onError: (error) => {
      close();
      // The first attempt had got through after all, and was changed since: it is there, and not filed again.
      if (error.code !== 'IDEMPOTENCY.MISMATCH') return;
      draft.discard();
      toast('上一次其实已经提交成功，请在这里查看', 'good');
      replace('complaints');
    },
  });
}
