import { View } from '@tarojs/components';
import {
  DISCLOSURE_LIMITS,
  NOTICE_KINDS,
  NOTICE_KIND_LABELS,
  type Notice,
  type NoticeKind,
  type NoticeSummary,
} from '@linli/shared/disclosure';
import { DAY_MS, formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Check,
  Chip,
  ConfirmSheet,
  Empty,
  Field,
  MorePages,
  Picker,
  Sheet,
  TextInput,
  useNow,
} from '@/components';
import { DataTable, WorkbenchShell } from '@/components/staff';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import { noticeActions, useBase, useNotice, useNotices } from '../../api';
import { type Publication, PublicationFields, isComplete } from '../../components/publication-fields';

const PIN_DAYS = 7;

/** 通知: what was published, and writing the next one. */
export default function NoticesDeskPage() {
  const notices = useNotices();
  const [writing, setWriting] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <WorkbenchShell
      route="noticesDesk"
      active="notices"
      title="通知"
      resource={notices}
      actions={
        <Button
          icon="plus"
          onTap={() => {
            setWriting(true);
          }}
        >
          写通知
        </Button>
      }
    >
      {({ items }) => (
        <View className="stack stack--4">
          {items.length === 0 && <Empty title="还没有发过通知" text="点“写通知”，发给全体住户。" />}
          <Table items={items} keyboard={!writing && open === null} onOpen={setOpen} />
          <MorePages more={notices.more} />
          {writing && (
            <WriteSheet
              notice={null}
              onClose={() => {
                setWriting(false);
              }}
            />
          )}
          {open !== null && (
            <OpenNotice
              id={open}
              onClose={() => {
                setOpen(null);
              }}
            />
          )}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Table({
  items,
  keyboard,
  onOpen,
}: {
  readonly items: readonly NoticeSummary[];
  readonly keyboard: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const now = useNow();
  return (
    <DataTable<NoticeSummary>
      rows={items}
      caption="发过的通知"
      keyboard={keyboard}
      rowKey={({ id }) => id}
      rowLabel={({ title }) => title}
      onOpen={({ id }) => {
        onOpen(id);
      }}
      columns={[
        { key: 'title', title: '标题', cell: ({ title }) => title },
        { key: 'kind', title: '类别', cell: ({ kind }) => NOTICE_KIND_LABELS[kind], width: '12%' },
        { key: 'who', title: '发布单位', cell: ({ publisherName }) => publisherName, width: '26%' },
        {
          key: 'at',
          title: '时间',
          cell: ({ publishedAt }) => formatInstant(publishedAt, now),
          width: '18%',
        },
        { key: 'state', title: '状态', cell: (notice) => <StateChip notice={notice} />, width: '12%' },
      ]}
      card={(notice) => (
        <View className="stack stack--1">
          <View className="row row--between">
            <View className="t-strong grow">{notice.title}</View>
            <StateChip notice={notice} />
          </View>
          <View className="t-second t-muted">
            {`${notice.publisherName} · ${formatInstant(notice.publishedAt, now)}`}
          </View>
        </View>
      )}
    />
  );
}

function StateChip({ notice }: { readonly notice: NoticeSummary }) {
  if (notice.state === 'WITHDRAWN') return <Chip tone="bad">已撤回</Chip>;
  return notice.pinned ? <Chip tone="brand">置顶</Chip> : <Chip tone="good">已发布</Chip>;
}

function OpenNotice({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const base = useBase();
  const notice = useNotice(id);
  const [correcting, setCorrecting] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const draft = useDraft<string>(`notice-withdrawal/${id}`, '');
  const reason = draft.value;
  const withdraw = useAction((key: string) => noticeActions(base).withdraw(key, id, reason.trim()), {
    onDone: () => {
      draft.discard();
      toast('已撤回');
      onClose();
    },
  });
  if (notice.status !== 'ready') return null;
  if (correcting) return <WriteSheet notice={notice.data} onClose={onClose} />;
  const { title, body, readByHomes, state } = notice.data;
  // Only the publisher is told how many have read it, and only the publisher may change anything.
  const own = readByHomes !== null && state === 'PUBLISHED';
  return (
    <Sheet open title={title} onClose={onClose}>
      <View className="stack stack--3">
        <View>{body}</View>
        {readByHomes !== null && <View className="t-muted">{`已有 ${readByHomes} 户看过`}</View>}
        <Button
          kind="plain"
          block
          onTap={() => {
            navigate('notice', { noticeId: id });
          }}
        >
          看业主看到的样子
        </Button>
        {own && (
          <OwnSteps
            reason={draft}
            onCorrect={() => {
              setCorrecting(true);
            }}
            onWithdraw={() => {
              setWithdrawing(true);
            }}
          />
        )}
        <ConfirmSheet
          open={withdrawing}
          title="撤回通知"
          sentence={`“${title}”将标为已撤回，并告诉全体住户原因：${reason.trim()}`}
          doLabel="确认撤回"
          danger
          busy={withdraw.busy}
          error={withdraw.error?.message}
          onConfirm={() => withdraw.run()}
          onClose={() => {
            setWithdrawing(false);
          }}
        />
      </View>
    </Sheet>
  );
}

interface OwnStepsProps {
  readonly reason: DraftHandle<string>;
  readonly onCorrect: () => void;
  readonly onWithdraw: () => void;
}

/** What the publisher may still do. */
function OwnSteps({ reason, onCorrect, onWithdraw }: OwnStepsProps) {
  return (
    <>
      <Button block onTap={onCorrect}>
        发更正
      </Button>
      <Field label="撤回的原因" hint="撤回后通知仍在，写着撤回和原因">
        <TextInput value={reason.value} onChange={reason.set} maxLength={DISCLOSURE_LIMITS.reasonMax} />
      </Field>
      <Button
        kind="danger"
        block
        disabled={reason.value.trim().length < DISCLOSURE_LIMITS.reasonMin}
        onTap={onWithdraw}
      >
        撤回
      </Button>
    </>
  );
}

interface NoticeForm extends Publication {
  readonly kind: NoticeKind;
  readonly pinned: boolean;
}

function formOf(notice: Notice | null): NoticeForm {
  return {
    kind: notice?.kind ?? 'SERVICE',
    title: notice?.title ?? '',
    body: notice?.body ?? '',
    pinned: notice?.pinned ?? false,
    files: [],
    reason: '',
  };
}

function WriteSheet({ notice, onClose }: { readonly notice: Notice | null; readonly onClose: () => void }) {
  const base = useBase();
  const now = useNow();
  const draftName = `notice${base}/${notice?.id ?? 'new'}`;
  const draft = useDraft<NoticeForm>(draftName, formOf(notice));
  const { kind, title, body, pinned, files, reason } = draft.value;
  const kept = notice?.files.map(({ id }) => id) ?? [];
  const send = useAction(
    (key: string) => {
      const request = {
        kind,
        title: title.trim(),
        body: body.trim(),
        fileIds: [...kept, ...files.map(({ id }) => id)],
        pinnedUntil: pinned ? now + PIN_DAYS * DAY_MS : null,
      };
      const actions = noticeActions(base);
      return notice === null
        ? actions.publish(key, request)
        : actions.correct(key, notice.id, request, reason.trim());
    },
    {
      name: draftName,
      onDone: () => {
        draft.discard();
        toast('已发给全体住户');
        onClose();
      },
    },
  );
  return (
    <Sheet open title={notice === null ? '写通知' : '发更正'} onClose={onClose}>
      <View className="stack stack--3">
        <KindAndPin draft={draft} />
        <PublicationFields
          draft={draft}
          correcting={notice !== null}
          bodyHint="什么事、什么时候、影响谁、要住户做什么"
          readers="住户"
          error={send.error}
        />
        <View className="t-second t-muted">发布后不能改，只能发更正或撤回。</View>
        <Button
          block
          busy={send.busy}
          disabled={!isComplete(draft.value, notice !== null)}
          onTap={() => send.run()}
        >
          {notice === null ? '发给全体住户' : '发布更正'}
        </Button>
      </View>
    </Sheet>
  );
}

function KindAndPin({ draft }: { readonly draft: DraftHandle<NoticeForm> }) {
  const { kind, pinned } = draft.value;
  return (
    <>
      <Field label="类别">
        <Picker
          value={kind}
          onChange={(value) => {
            draft.merge({ kind: value });
          }}
          options={NOTICE_KINDS.map((value) => ({ value, label: NOTICE_KIND_LABELS[value] }))}
        />
      </Field>
      <Check
        label="置顶一周"
        on={pinned}
        onChange={(value) => {
          draft.merge({ pinned: value });
        }}
      >
        置顶一周
      </Check>
    </>
  );
}
