import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { spoken } from '@/platform';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import { Tap } from './tap';
import './card.css';

export interface CardProps {
  readonly children: ReactNode;
  readonly title?: string;
  /** Beside the title: a chip, a link. */
  readonly extra?: ReactNode;
  /** Without inner margins: for rows of cells. */
  readonly flush?: boolean;
  readonly tone?: 'plain' | 'urgent' | 'brand';
  readonly onTap?: () => void;
  readonly label?: string;
}

export function Card({ children, title, extra, flush = false, tone = 'plain', onTap, label }: CardProps) {
  const className = classNames('card', flush && 'card--flush', tone !== 'plain' && `card--${tone}`);
  const content = (
    <>
      {title !== undefined && (
        <View className="card__head row row--between">
          <View className="t-title grow" {...spoken({ role: 'heading' })}>
            {title}
          </View>
          {extra}
        </View>
      )}
      {children}
    </>
  );
  if (onTap === undefined) return <View className={className}>{content}</View>;
  return (
    <Tap className={className} onTap={onTap} label={label}>
      {content}
    </Tap>
  );
}

/** A heading between cards, with a way on at its right. */
export function SectionHead({
  title,
  more,
  onMore,
}: {
  readonly title: string;
  readonly more?: string;
  readonly onMore?: () => void;
}) {
  return (
    <View className="section-head row row--between">
      <View className="t-title" {...spoken({ role: 'heading' })}>
        {title}
      </View>
      {more !== undefined && (
        <Tap className="section-head__more" onTap={onMore} label={`${title}，${more}`}>
          <Text>{more}</Text>
          <Icon name="forward" size="small" />
        </Tap>
      )}
    </View>
  );
}

export interface CellProps {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly icon?: IconName;
  /** At the right: a value, a switch. */
  readonly value?: ReactNode;
  /** At the right, a state in a word; in elder mode under the text, which keeps its room. */
  readonly mark?: ReactNode;
  readonly onTap?: (() => void) | undefined;
  readonly label?: string;
  readonly danger?: boolean;
}

/** One row of a list; with `onTap` it leads somewhere. */
export function Cell({ title, detail, icon, value, mark, onTap, label, danger = false }: CellProps) {
  const content = (
    <>
      {icon !== undefined && (
        <View className="cell__icon">
          <Icon name={icon} />
        </View>
      )}
      <View className="cell__main">
        <View className="cell__text">
          <View>{title}</View>
          {detail !== undefined && <View className="t-second t-muted">{detail}</View>}
        </View>
        {mark !== undefined && <View className="cell__mark">{mark}</View>}
      </View>
      {value !== undefined && <View className="cell__value">{value}</View>}
      {onTap !== undefined && (
        <View className="cell__more">
          <Icon name="forward" size="small" />
        </View>
      )}
    </>
  );
  const className = classNames('cell', danger && 'cell--danger');
  if (onTap === undefined) return <View className={className}>{content}</View>;
  return (
    <Tap className={className} onTap={onTap} label={label}>
      {content}
    </Tap>
  );
}
