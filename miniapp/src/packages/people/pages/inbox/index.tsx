import { View } from '@tarojs/components';
import { NOTICE_KIND_NAMES, type Inbox, type InboxMessage } from '@linli/shared/notifications';
import { useState } from 'react';
import {
  Button,
  Card,
  Chip,
  Empty,
  InstantText,
  MorePages,
  PageShell,
  SkeletonList,
  classNames,
} from '@/components';
import { openLink } from '@/navigate';
import { type NextPage, forgetUnread, useAction } from '@/request';
import { toast } from '@/stores';
import { forgetInbox, readMessage, readUpTo, useInbox } from '../../api';
import './index.css';

/** 消息: the truth of what people were told; WeChat's messages only point at it. */
export default function InboxPage() {
  const inbox = useInbox();
  return (
    <PageShell
      route="inbox"
      resource={inbox}
      skeleton={<SkeletonList />}
      empty={(data) =>
        data.items.length === 0 ? (
          <Empty title="还没有消息" text="投诉有进展、要投票、有账单时，会在这里告诉您。" />
        ) : null
      }
    >
      {(data) => <Messages inbox={data} more={inbox.more} />}
    </PageShell>
  );
}

function Messages({ inbox, more }: { readonly inbox: Inbox; readonly more: NextPage }) {
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const messages = inbox.items;
  const all = useAction((_key, upTo: string) => readUpTo(upTo), {
    onDone: () => {
      setRead(new Set(messages.map(({ id }) => id)));
      forgetUnread();
      forgetInbox();
    },
    onError: (error) => {
      toast(error.message, 'bad');
    },
  });
  const isUnread = (message: InboxMessage) => message.readAt === null && !read.has(message.id);
  const open = (message: InboxMessage) => {
    if (isUnread(message)) {
      setRead(new Set([...read, message.id]));
      // Looking is what matters; the mark may be a moment late.
      readMessage(message.id).then(
        () => {
          forgetUnread();
          forgetInbox();
        },
        () => undefined,
      );
    }
    if (message.link !== null) openLink(message.link);
  };
  const [latest] = messages;
  return (
    <View className="stack stack--3">
      {latest !== undefined && messages.some(isUnread) && (
        <View className="row row--between">
          <View className="t-second t-muted">{`${inbox.unread > 99 ? '99+' : inbox.unread} 条没有看`}</View>
          <Button kind="quiet" size="small" icon="check" busy={all.busy} onTap={() => all.run(latest.id)}>
            全部看过了
          </Button>
        </View>
      )}
      {messages.map((message) => (
        <MessageCard
          key={message.id}
          message={message}
          unread={isUnread(message)}
          onOpen={() => {
            open(message);
          }}
        />
      ))}
      <MorePages more={more} />
    </View>
  );
}

function MessageCard({
  message,
  unread,
  onOpen,
}: {
  readonly message: InboxMessage;
  readonly unread: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <Card onTap={onOpen} label={`${unread ? '没有看过，' : ''}${message.title}。${message.body}`}>
      <View className="message">
        <View className={classNames('message__dot', unread && 'message__dot--unread')} />
        <View className="message__text stack stack--1">
          <View className={classNames(unread && 't-strong')}>{message.title}</View>
          <View className="t-second">{message.body}</View>
          <View className="row row--wrap gap-2">
            <Chip>{NOTICE_KIND_NAMES[message.kind]}</Chip>
            {unread && <Chip tone="urgent">没看过</Chip>}
          </View>
          <View className="t-second t-muted">
            <InstantText at={message.createdAt} />
          </View>
        </View>
      </View>
    </Card>
  );
}
