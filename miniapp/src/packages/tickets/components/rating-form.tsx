import { View } from '@tarojs/components';
import {
  type Satisfaction,
  type TicketRating,
  SATISFACTIONS,
  SATISFACTION_LABELS,
  TICKET_ERRORS,
  TICKET_LIMITS,
  ratingFaults,
} from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, Choices, Field, Tap, TextArea, classNames } from '@/components';
import { spoken } from '@/platform';
import type { ApiError } from '@/request';
import { useDraft } from '@/stores';
import './rating-form.css';

interface RatingDraft {
  readonly stars: number;
  readonly solved: boolean | null;
  readonly satisfaction: Satisfaction | null;
  readonly comment: string;
}

const EMPTY: RatingDraft = { stars: 0, solved: null, satisfaction: null, comment: '' };
const SOLVED = [
  { value: 'yes', label: '解决了' },
  { value: 'no', label: '没有解决' },
] as const;
const SATISFIED = SATISFACTIONS.map((value) => ({ value, label: SATISFACTION_LABELS[value] }));

interface RatingFormProps {
  /** The draft's name. */
  readonly name: string;
  readonly busy: boolean;
  readonly error: ApiError | null;
  readonly doLabel: string;
  readonly onRate: (rating: TicketRating) => void | Promise<unknown>;
}

/** Solved or not, how satisfied, stars, a word. What contradicts itself is asked again before it goes. */
export function RatingForm({ name, busy, error, doLabel, onRate }: RatingFormProps) {
  const draft = useDraft<RatingDraft>(name, EMPTY);
  const [said, setSaid] = useState<string | null>(null);
  const { stars, solved, satisfaction, comment } = draft.value;
  const rate = () => {
    if (solved === null || satisfaction === null || stars === 0) {
      setSaid('请选好是否解决、满意程度和星级');
      return undefined;
    }
    const rating = { stars, solved, satisfaction, comment: comment.trim() };
    const [fault] = ratingFaults(rating);
    setSaid(fault === undefined ? null : TICKET_ERRORS[fault].message);
    return fault === undefined ? onRate(rating) : undefined;
  };
  const message = said ?? error?.message;
  return (
    <View className="stack stack--4">
      <Solved
        solved={solved}
        onChange={(value) => {
          draft.merge({ solved: value });
        }}
      />
      <Field label="满意吗">
        <Choices
          label="满意吗"
          value={satisfaction}
          options={SATISFIED}
          onChange={(value) => {
            draft.merge({ satisfaction: value });
          }}
        />
      </Field>
      <Stars
        stars={stars}
        onChange={(count) => {
          draft.merge({ stars: count });
        }}
      />
      <Field label="想说的话" optional>
        <TextArea
          rows={2}
          value={comment}
          maxLength={TICKET_LIMITS.commentMax}
          onChange={(value) => {
            draft.merge({ comment: value });
          }}
        />
      </Field>
      {message !== undefined && message !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {message}
        </View>
      )}
      <Button block busy={busy} busyText="正在提交" onTap={rate}>
        {doLabel}
      </Button>
    </View>
  );
}

interface SolvedProps {
  readonly solved: boolean | null;
  readonly onChange: (solved: boolean) => void;
}

function Solved({ solved, onChange }: SolvedProps) {
  return (
    <>
      <Field label="问题解决了吗">
        <Choices
          label="问题解决了吗"
          value={solved === null ? null : solved ? 'yes' : 'no'}
          options={SOLVED}
          onChange={(value) => {
            onChange(value === 'yes');
          }}
        />
      </Field>
      {solved === false && (
        <View className="t-second t-urgent">没有解决的话，建议点“要求重办”，说明哪里没解决。</View>
      )}
    </>
  );
}

interface StarsProps {
  readonly stars: number;
  readonly onChange: (stars: number) => void;
}

function Stars({ stars, onChange }: StarsProps) {
  return (
    <Field label="打几颗星">
      <View className="stars" {...spoken({ role: 'radiogroup', label: '打几颗星' })}>
        {[1, 2, 3, 4, 5].map((count) => (
          <Tap
            key={count}
            role="radio"
            selected={count === stars}
            label={`${count} 颗星`}
            className={classNames('stars__item', count <= stars && 'stars__item--on')}
            onTap={() => {
              onChange(count);
            }}
          >
            {count <= stars ? '★' : '☆'}
          </Tap>
        ))}
      </View>
    </Field>
  );
}
