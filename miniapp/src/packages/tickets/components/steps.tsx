import { View } from '@tarojs/components';
import { type TicketDetail, TICKET_LIMITS, ticketCategory } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, ConfirmSheet, Field, PhotoPicker, Sheet, TextArea, type UploadedPhoto } from '@/components';
import { photoUpload, useAction } from '@/request';
import { toast, useDraft, useDrafts } from '@/stores';
import { type ComplaintStep, takeStep } from '../api';
import { RatingForm } from './rating-form';

type Open = 'confirm' | 'rate' | 'reopen' | 'appeal' | 'withdraw' | 'answer' | 'follow' | null;

const DONE: Readonly<Record<ComplaintStep['path'], string>> = {
  confirm: '谢谢您的确认',
  rate: '谢谢您的评价',
  reopen: '已要求重新办理',
  appeal: '已申诉到上一级',
  withdraw: '已撤回',
  answer: '已补充',
  follow: '已记下您也遇到',
};

/** What the complainant, or a neighbour, can do now. The lifecycle says which; nothing else is offered. */
export function Steps({ ticket }: { readonly ticket: TicketDetail }) {
  const [open, setOpen] = useState<Open>(null);
  const step = useAction(
    async (key, taken: ComplaintStep) => {
      await takeStep(ticket.estateId, ticket.id, key, taken);
      return taken.path;
    },
    {
      onDone: (path) => {
        setOpen(null);
        useDrafts.getState().discard(draftOf(path, ticket.id));
        toast(DONE[path], 'good');
      },
    },
  );
  const close = () => {
    step.clearError();
    setOpen(null);
  };
  const take = (taken: ComplaintStep) => step.run(taken);
  const may = (event: TicketDetail['steps'][number]) => ticket.isMine && ticket.steps.includes(event);
  const mayRate = ticket.isMine && ticket.state === 'CONFIRMED' && ticket.rating === null;
  const mayFollow = !ticket.isMine && !ticket.followed && isFollowable(ticket);
  const reasons = { ticket, step, take, close };
  return (
    <View className="stack stack--3">
      {may('RESIDENT_ANSWERS') && (
        <Button block onTap={() => setOpen('answer')}>
          补充情况
        </Button>
      )}
      {may('CONFIRM') && (
        <Button block onTap={() => setOpen('confirm')}>
          确认并评价
        </Button>
      )}
      {mayRate && (
        <Button block onTap={() => setOpen('rate')}>
          评价
        </Button>
      )}
      {may('REOPEN') && (
        <Button block kind="plain" onTap={() => setOpen('reopen')}>
          {`没解决，要求重办（还能 ${ticket.reopensLeft} 次）`}
        </Button>
      )}
      {may('APPEAL') && (
        <Button block kind="plain" onTap={() => setOpen('appeal')}>
          不服，申诉到上一级
        </Button>
      )}
      {mayFollow && (
        <Button block onTap={() => setOpen('follow')}>
          我也遇到
        </Button>
      )}
      {may('WITHDRAW') && (
        <Button block kind="quiet" onTap={() => setOpen('withdraw')}>
          撤回投诉
        </Button>
      )}

      <Sheet open={open === 'confirm' || open === 'rate'} title="确认处理结果" onClose={close}>
        <RatingForm
          name={`rating/${ticket.id}`}
          busy={step.busy}
          error={step.error}
          doLabel={open === 'rate' ? '提交评价' : '确认办结并评价'}
          onRate={(body) => take({ path: open === 'rate' ? 'rate' : 'confirm', body })}
        />
      </Sheet>
      <ReasonSheet
        {...reasons}
        open={open === 'reopen'}
        path="reopen"
        title="要求重新办理"
        sentence="处理人会按新的期限重新办理。请说明哪里没有解决。"
        doLabel="要求重办"
      />
      <ReasonSheet
        {...reasons}
        open={open === 'appeal'}
        path="appeal"
        title="申诉"
        sentence="投诉会交给上一级办理。请说明为什么不同意现在的结果。"
        doLabel="提交申诉"
      />
      <ReasonSheet
        {...reasons}
        open={open === 'withdraw'}
        path="withdraw"
        title="撤回投诉"
        sentence="撤回后不再办理，也不能恢复，要办只能重新提交。"
        doLabel="撤回"
        danger
      />
      <AnswerSheet {...reasons} open={open === 'answer'} />
      <ConfirmSheet
        open={open === 'follow'}
        title="我也遇到"
        sentence={`把您算进这件“${ticketCategory(ticket.category).label}”。办结时会通知您，别人看不到您是谁。`}
        doLabel="算我一个"
        busy={step.busy}
        error={step.error?.message}
        onConfirm={() => take({ path: 'follow', body: { note: '' } })}
        onClose={close}
      />
    </View>
  );
}

/** Under which name the words of a step are kept until it is done. */
function draftOf(path: ComplaintStep['path'], id: string): string {
  return path === 'confirm' || path === 'rate' ? `rating/${id}` : `${path}/${id}`;
}

function isFollowable({ state }: TicketDetail): boolean {
  return !['RESOLVED', 'CONFIRMED', 'REJECTED', 'CLOSED', 'MERGED', 'WITHDRAWN'].includes(state);
}

interface StepProps {
  readonly ticket: TicketDetail;
  readonly step: { readonly busy: boolean; readonly error: { readonly message: string } | null };
  readonly take: (step: ComplaintStep) => Promise<unknown>;
  readonly close: () => void;
  readonly open: boolean;
}

function ReasonSheet({
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

function AnswerSheet({ ticket, step, take, close, open }: StepProps) {
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
