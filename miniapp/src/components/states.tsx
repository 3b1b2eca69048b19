import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { goBack } from '@/navigate';
import { spoken } from '@/platform';
import type { ApiError } from '@/request/api-error';
import { Button } from './button';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import './states.css';

export interface NextStep {
  readonly label: string;
  readonly onTap: () => void | Promise<unknown>;
}

export interface StateBlockProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string | undefined;
  readonly next?: NextStep | undefined;
  readonly other?: NextStep | undefined;
  readonly small?: string | undefined;
  readonly role?: 'alert' | 'status';
}

/** What there is to say in place of a page's content. */
export function StateBlock({ icon, title, text, next, other, small, role = 'status' }: StateBlockProps) {
  return (
    <View className="state" {...spoken({ role })}>
      <View className="state__icon">
        <Icon name={icon} size="large" />
      </View>
      <View className="t-title">{title}</View>
      {text !== undefined && <View className="state__text">{text}</View>}
      {next !== undefined && (
        <View className="state__next">
          <Button block onTap={next.onTap}>
            {next.label}
          </Button>
        </View>
      )}
      {other !== undefined && (
        <Button kind="quiet" onTap={other.onTap}>
          {other.label}
        </Button>
      )}
      {small !== undefined && <View className="t-caption t-muted state__small">{small}</View>}
    </View>
  );
}

/** Nothing there yet, and what to do about it. */
export function Empty({
  title,
  text,
  next,
}: {
  readonly title: string;
  readonly text?: string;
  readonly next?: NextStep;
}) {
  return <StateBlock icon="empty" title={title} text={text} next={next} />;
}

export interface ErrorStateProps {
  readonly error: ApiError;
  /** What is not lost: 您写的内容还在手机里。 */
  readonly kept?: string | undefined;
  readonly onRetry: () => void | Promise<unknown>;
}

/** What happened, what is kept, and 重试. */
export function ErrorState({ error, kept, onRetry }: ErrorStateProps) {
  const retry = { label: '重试', onTap: onRetry };
  // Asking again does not help where there is nothing, or nothing for this person.
  const hopeless = error.status === 403 || error.status === 404 || error.status === 410;
  return (
    <StateBlock
      icon={error.offline ? 'offline' : 'alert'}
      title={titleOf(error)}
      text={kept === undefined ? error.message : `${error.message}。${kept}`}
      next={hopeless ? { label: '返回', onTap: () => goBack() } : retry}
      other={hopeless ? retry : undefined}
      small={error.traceId === '' ? undefined : `联系客服时请报编号 ${error.traceId}`}
      role="alert"
    />
  );
}

function titleOf(error: ApiError): string {
  if (error.code === 'NETWORK.OFFLINE') return '没有网络';
  if (error.status === 0) return '没有连上';
  if (error.status === 403) return '不能查看';
  if (error.status === 404 || error.status === 410) return '没有找到';
  return '暂时打不开';
}

// --- skeletons: the shape of the page while it loads --------------------------------------------------------------

export function SkeletonLine({
  width = '100%',
  tall = false,
}: {
  readonly width?: string;
  readonly tall?: boolean;
}) {
  return <View className={classNames('skeleton', tall && 'skeleton--tall')} style={{ width }} />;
}

export function SkeletonCard({
  lines = 3,
  children,
}: {
  readonly lines?: number;
  readonly children?: ReactNode;
}) {
  return (
    <View className="card stack stack--3">
      {children ??
        Array.from({ length: lines }, (_, index) => (
          <SkeletonLine
            key={index}
            width={index === 0 ? '45%' : index === lines - 1 ? '70%' : '100%'}
            tall={index === 0}
          />
        ))}
    </View>
  );
}

/** Several cards of rows: most lists. */
export function SkeletonList({ cards = 3 }: { readonly cards?: number }) {
  return (
    <View className="stack stack--3" {...spoken({ role: 'status', label: '正在加载' })}>
      {Array.from({ length: cards }, (_, index) => (
        <SkeletonCard key={index} />
      ))}
      <Text className="only-read">正在加载</Text>
    </View>
  );
}
