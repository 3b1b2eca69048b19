import { View } from '@tarojs/components';
import { type TicketDetail, isOpen } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button } from '@/components';
import { useAction } from '@/request';
import { toast, useDrafts } from '@/stores';
import { type ComplaintStep, takeStep } from '../api';
import { AnswerSheet, FollowSheet, RatingSheet, ReasonSheet } from './step-sheets';

type Sheets = 'confirm' | 'rate' | 'reopen' | 'appeal' | 'withdraw' | 'answer' | 'follow';

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
  const [open, setOpen] = useState<Sheets | null>(null);
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
  const shared = { ticket, step, take: (taken: ComplaintStep) => step.run(taken), close };
  return (
    <View className="stack stack--3">
      {offersOf(ticket).map(({ sheet, label, kind }) => (
        <Button key={sheet} block kind={kind} onTap={() => setOpen(sheet)}>
          {label}
        </Button>
      ))}
      <RatingSheet {...shared} open={open === 'confirm' || open === 'rate'} late={open === 'rate'} />
      {REASONS.map((reason) => (
        <ReasonSheet key={reason.path} {...shared} {...reason} open={open === reason.path} />
      ))}
      <AnswerSheet {...shared} open={open === 'answer'} />
      <FollowSheet {...shared} open={open === 'follow'} />
    </View>
  );
}

interface Offer {
  readonly sheet: Sheets;
  readonly label: string;
  readonly kind: 'primary' | 'plain' | 'quiet';
}

/** The buttons that stand now, the most likely first. */
function offersOf(ticket: TicketDetail): readonly Offer[] {
  const may = (event: TicketDetail['steps'][number]) => ticket.isMine && ticket.steps.includes(event);
  const offers: readonly (Offer & { readonly now: boolean })[] = [
    { sheet: 'answer', label: '补充情况', kind: 'primary', now: may('RESIDENT_ANSWERS') },
    { sheet: 'confirm', label: '确认并评价', kind: 'primary', now: may('CONFIRM') },
    {
      sheet: 'rate',
      label: '评价',
      kind: 'primary',
      now: ticket.isMine && ticket.state === 'CONFIRMED' && ticket.rating === null,
    },
    {
      sheet: 'reopen',
      label: `没解决，要求重办（还能 ${ticket.reopensLeft} 次）`,
      kind: 'plain',
      now: may('REOPEN'),
    },
    { sheet: 'appeal', label: '不服，申诉到上一级', kind: 'plain', now: may('APPEAL') },
    {
      sheet: 'follow',
      label: '我也遇到',
      kind: 'primary',
      now: !ticket.isMine && !ticket.followed && isOpen(ticket.state),
    },
    { sheet: 'withdraw', label: '撤回投诉', kind: 'quiet', now: may('WITHDRAW') },
  ];
  return offers.filter(({ now }) => now);
}

/** The steps that say why. */
const REASONS = [
  {
    path: 'reopen',
    title: '要求重新办理',
    sentence: '处理人会按新的期限重新办理。请说明哪里没有解决。',
    doLabel: '要求重办',
  },
  {
    path: 'appeal',
    title: '申诉',
    sentence: '投诉会交给上一级办理。请说明为什么不同意现在的结果。',
    doLabel: '提交申诉',
  },
  {
    path: 'withdraw',
    title: '撤回投诉',
    sentence: '撤回后不再办理，也不能恢复，要办只能重新提交。',
    doLabel: '撤回',
    danger: true,
  },
] as const;

/** Under which name the words of a step are kept until it is done. */
function draftOf(path: ComplaintStep['path'], id: string): string {
  return path === 'confirm' || path === 'rate' ? `rating/${id}` : `${path}/${id}`;
}
