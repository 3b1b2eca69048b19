import { View } from '@tarojs/components';
import type { SimilarTicketView, TicketCategoryCode } from '@linli/shared/tickets';
import { useEffect, useState } from 'react';
import { Button, Card, ConfirmSheet } from '@/components';
import { TicketStateChip } from '@/components/tickets';
import { navigate, replace } from '@/navigate';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { findSimilar, takeStep } from '../api';

/** Typing has to pause this long before the server is asked. */
const PAUSE_MS = 700;
const ENOUGH_CHARS = 2;

interface Draft {
  readonly category: TicketCategoryCode;
  readonly place: string;
  readonly title: string;
  readonly text: string;
}

/** 有人已反映: what neighbours have open of the same kind, and joining it in place of writing it again. */
export function SimilarList({ estateId, draft }: { readonly estateId: string; readonly draft: Draft }) {
  const items = useSimilar(estateId, draft);
  const [joining, setJoining] = useState<SimilarTicketView | null>(null);
  const join = useAction(
    (key, id: string) => takeStep(estateId, id, key, { path: 'follow', body: { note: '' } }),
    {
      onDone: ({ id }) => {
        setJoining(null);
        toast('已记下您也遇到，有结果会通知您', 'good');
        replace('complaintDetail', { estateId, id });
      },
    },
  );
  if (items.length === 0) return null;
  return (
    <Card title="有人已反映" tone="brand">
      <View className="stack stack--4">
        {items.map((item) => (
          <SimilarTicket key={item.id} estateId={estateId} item={item} onJoin={setJoining} />
        ))}
      </View>
      <ConfirmSheet
        open={joining !== null}
        title="我也遇到"
        sentence={`把您算进“${joining?.title ?? ''}”，不用再写一遍。办结时会通知您，别人看不到您是谁。`}
        doLabel="算我一个"
        busy={join.busy}
        error={join.error?.message}
        onConfirm={() => (joining === null ? undefined : join.run(joining.id))}
        onClose={() => {
          setJoining(null);
        }}
      />
    </Card>
  );
}

interface SimilarTicketProps {
  readonly estateId: string;
  readonly item: SimilarTicketView;
  readonly onJoin: (item: SimilarTicketView) => void;
}

function SimilarTicket({ estateId, item, onJoin }: SimilarTicketProps) {
  return (
    <View className="stack stack--2">
      <View className="row row--between row--top gap-2">
        <View className="t-strong grow">{item.title}</View>
        <TicketStateChip state={item.state} side="OTHERS" />
      </View>
      <View className="t-second t-muted">
        {[item.place, item.reasons.join('、'), item.followers === 0 ? '' : `${item.followers} 位邻居也遇到`]
          .filter((part) => part !== '')
          .join(' · ')}
      </View>
      <View className="row gap-3">
        {!item.isMine && !item.followed && (
          <Button
            size="small"
            kind="plain"
            label={`我也遇到：${item.title}`}
            onTap={() => {
              onJoin(item);
            }}
          >
            我也遇到
          </Button>
        )}
        <Button
          size="small"
          kind="quiet"
          label={`看进展：${item.title}`}
          onTap={() => {
            navigate('complaintDetail', { estateId, id: item.id });
          }}
        >
          {item.isMine ? '这是您反映的，看进展' : '看进展'}
        </Button>
      </View>
    </View>
  );
}

/** Asked for after a pause; a failure is no matter, the complaint can be filed without it. */
function useSimilar(estateId: string, { category, place, title, text }: Draft): readonly SimilarTicketView[] {
  const [items, setItems] = useState<readonly SimilarTicketView[]>([]);
  const words = `${title} ${text}`.trim();
  useEffect(() => {
    if (words.length < ENOUGH_CHARS && place.length < ENOUGH_CHARS) return undefined;
    const timer = setTimeout(() => {
      findSimilar(estateId, { category, place, text: words }).then(
        (answer) => {
          setItems(answer.items);
        },
        () => {
          setItems([]);
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [estateId, category, place, words]);
  return items;
}
