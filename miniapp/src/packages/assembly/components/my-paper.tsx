import { View } from '@tarojs/components';
import {
  DELIVERY_METHOD_LABELS,
  type MyPaper,
  PAPER_LIMITS,
  PAPER_REFUSAL_LABELS,
  spoiledWords,
} from '@linli/shared/assembly';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Chip, Field, Sheet, TextArea, useNow } from '@/components';
import { useAction } from '@/request';
import { toast, useDraft, useSession } from '@/stores';
import { objectToPaper, useMyPapers } from '../api';
import { BallotProof } from './ballot-proof';

interface Props {
  readonly assemblyId: string;
  readonly principalId: string;
  /** The ballot that stands, whose receipt is shown beside it. */
  readonly standing: string | null;
}

/** 纸质票: delivered, handed in, read by two, counted or why not; and the way to say that it is wrong. */
export function MyPaperLine({ assemblyId, principalId, standing }: Props) {
  const papers = useMyPapers(assemblyId);
  const paper =
    papers.status === 'ready' ? papers.data.find((mine) => mine.principalId === principalId) : undefined;
  if (paper === undefined || (paper.delivery === null && paper.returned === null)) return null;
  const ballotId = paper.returned?.ballotId ?? null;
  return (
    <View className="stack stack--2">
      <View className="row row--between row--top">
        <View className="t-strong grow">{`纸质票 ${paper.numberText}`}</View>
        <State paper={paper} />
      </View>
      <View className="t-second t-muted">
        <Where paper={paper} />
      </View>
      {paper.returned?.spoiled.map((election) => (
        <View key={`${election.seats} ${election.chosen}`} className="t-bad">
          {`${spoiledWords(election)}，其余照常计入`}
        </View>
      ))}
      {ballotId !== null && ballotId !== standing && (
        <BallotProof assemblyId={assemblyId} ballotId={ballotId} which="您家的纸质票" />
      )}
      <Objection assemblyId={assemblyId} paper={paper} />
    </View>
  );
}

function State({ paper: { returned } }: { readonly paper: MyPaper }) {
  if (returned === null) return <Chip tone="info">还没交回</Chip>;
  if (returned.state === 'COUNTED')
    return (
      <Chip tone="good" icon="check">
        已计入
      </Chip>
    );
  if (returned.state === 'REFUSED') return <Chip tone="bad">没有计入</Chip>;
  return <Chip tone="info">已收到，核对中</Chip>;
}

function Where({ paper: { delivery, returned } }: { readonly paper: MyPaper }) {
  const now = useNow();
  if (returned === null)
    return delivery === null
      ? ''
      : `${DELIVERY_METHOD_LABELS[delivery.method]}于 ${formatInstant(delivery.deliveredAt, now)}。也可以直接在手机上投票，不用再交纸质票。`;
  const received = `${formatInstant(returned.receivedAt, now)} 收到`;
  if (returned.reason !== null) return `${received}，没有计入：${PAPER_REFUSAL_LABELS[returned.reason]}`;
  return returned.state === 'COUNTED'
    ? `${received}，由两个人各自录入一致`
    : `${received}，要由两个人各自录入一致才计入`;
}

function Objection({ assemblyId, paper }: { readonly assemblyId: string; readonly paper: MyPaper }) {
  const [open, setOpen] = useState(false);
  const { returned } = paper;
  if (returned === null) return null;
  const { id, objection, canObject } = returned;
  return (
    <>
      {objection !== null && (
        <View className="t-second">
          {objection.decision === null ? '您的异议正在核对原票' : `异议的答复：${objection.answer ?? ''}`}
        </View>
      )}
      {canObject && (
        <View className="row">
          <Button
            kind="quiet"
            size="small"
            onTap={() => {
              setOpen(true);
            }}
          >
            录得不对？提出异议
          </Button>
        </View>
      )}
      {open && (
        <ObjectionSheet
          assemblyId={assemblyId}
          returnId={id}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface SheetProps {
  readonly assemblyId: string;
  readonly returnId: string;
  readonly onClose: () => void;
}

function ObjectionSheet({ assemblyId, returnId, onClose }: SheetProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { value: text, set: setText, discard } = useDraft(`paper-objection/${returnId}`, '');
  const object = useAction(() => objectToPaper(estateId, assemblyId, returnId, text), {
    onDone: () => {
      discard();
      onClose();
      toast('已提交，由没有录过这张票的人核对原票', 'good');
    },
  });
  return (
    <Sheet open title="对纸质票提出异议" onClose={onClose}>
      <View className="stack stack--3">
        <View>
          投票截止前可以提出。由没有录过这张票的人对着原票核对：录错了就重新录入，不是您本人的票就作废。
        </View>
        <Field label="哪里不对">
          <TextArea
            value={text}
            onChange={setText}
            maxLength={PAPER_LIMITS.objectionLength.max}
            placeholder="例如：第 2 项我勾的是反对"
          />
        </Field>
        {object.error !== null && <View className="t-bad">{object.error.message}</View>}
        <Button
          block
          disabled={text.trim().length < PAPER_LIMITS.objectionLength.min}
          busy={object.busy}
          onTap={() => object.run()}
        >
          提交异议
        </Button>
      </View>
    </Sheet>
  );
}
