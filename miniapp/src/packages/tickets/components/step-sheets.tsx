import { View } from '@tarojs/components';
import { type TicketDetail, TICKET_LIMITS, ticketCategory } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, ConfirmSheet, Field, PhotoPicker, Sheet, TextArea, type UploadedPhoto } from '@/components';
import { type ApiError, photoUpload } from '@/request';
import { useDraft } from '@/stores';
import type { ComplaintStep } from '../api';
import { RatingForm } from './rating-form';

/** What a sheet of a step is about, and how it is taken. */
export interface StepProps {
  readonly ticket: TicketDetail;
  readonly step: { readonly busy: boolean; readonly error: ApiError | null };
  readonly take: (step: ComplaintStep) => Promise<unknown>;
  readonly close: () => void;
  readonly open: boolean;
}

/** A step that says why, read back before it is taken. */
export function ReasonSheet({
  ticket,
  step,
  take,
  close,
  open,
  path,
  title,
  sentence,
  doLabel,
  danger = false,
}: StepProps & {
  readonly path: 'withdraw' | 'reopen' | 'appeal';
  readonly title: string;
  readonly sentence: string;
  readonly doLabel: string;
  readonly danger?: boolean;
}) {
  const draft = useDraft(`${path}/${ticket.id}`, '');
  const [missing, setMissing] = useState(false);
  const send = () => {
    const reason = draft.value.trim();
    setMissing(reason.length < TICKET_LIMITS.reasonMin);
    return reason.length < TICKET_LIMITS.reasonMin ? undefined : take({ path, body: { reason } });
  };
  return (
    <ConfirmSheet
      open={open}
      title={title}
      sentence={sentence}
      doLabel={doLabel}
      danger={danger}
      busy={step.busy}
      error={step.error?.message}
      onConfirm={send}
      onClose={close}
    >
      <Field label="原因" error={missing ? `请写 ${TICKET_LIMITS.reasonMin} 个字以上` : undefined}>
        <TextArea rows={3} value={draft.value} maxLength={TICKET_LIMITS.reasonMax} onChange={draft.set} />
      </Field>
    </ConfirmSheet>
  );
}

interface Answer {
  readonly text: string;
  readonly photos: readonly UploadedPhoto[];
}

/** What the complainant adds, with photos. */
export function AnswerSheet({ ticket, step, take, close, open }: StepProps) {
  const draft = useDraft<Answer>(`answer/${ticket.id}`, { text: '', photos: [] });
  const { text, photos } = draft.value;
  const short = text.trim().length < TICKET_LIMITS.reasonMin;
  return (
    <Sheet open={open} title="补充情况" onClose={close}>
      <View className="stack stack--4">
        <Field label="补充" error={step.error?.message}>
          <TextArea
            value={text}
            maxLength={TICKET_LIMITS.replyMax}
            onChange={(value) => {
              draft.merge({ text: value });
            }}
          />
        </Field>
        <PhotoPicker
          photos={photos}
          upload={photoUpload('TICKET_PHOTO')}
          onAdd={(photo) => {
            draft.update((now) => ({ ...now, photos: [...now.photos, photo] }));
          }}
          onRemove={(id) => {
            draft.merge({ photos: photos.filter((photo) => photo.id !== id) });
          }}
        />
        <Button
          block
          disabled={short}
          busy={step.busy}
          onTap={() =>
            take({ path: 'answer', body: { text: text.trim(), photoIds: photos.map(({ id }) => id) } })
          }
        >
          提交补充
        </Button>
      </View>
    </Sheet>
  );
}

/** Whether it is solved, and how many stars; `late` where silence has confirmed it already. */
export function RatingSheet({
  ticket,
  step,
  take,
  close,
  open,
  late,
}: StepProps & { readonly late: boolean }) {
  return (
    <Sheet open={open} title="确认处理结果" onClose={close}>
      <RatingForm
        name={`rating/${ticket.id}`}
        busy={step.busy}
        error={step.error}
        doLabel={late ? '提交评价' : '确认办结并评价'}
        onRate={(body) => take({ path: late ? 'rate' : 'confirm', body })}
      />
    </Sheet>
  );
}

/** A neighbour joins instead of filing it again. */
export function FollowSheet({ ticket, step, take, close, open }: StepProps) {
  return (
    <ConfirmSheet
      open={open}
      title="我也遇到"
      sentence={`把您算进这件“${ticketCategory(ticket.category).label}”。办结时会通知您，别人看不到您是谁。`}
      doLabel="算我一个"
      busy={step.busy}
      error={step.error?.message}
      onConfirm={() => take({ path: 'follow', body: { note: '' } })}
      onClose={close}
    />
  );
}
