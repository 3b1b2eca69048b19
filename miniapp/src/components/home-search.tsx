import { Text, View } from '@tarojs/components';
import { IDENTITY_LIMITS, type EstateChoice, type UnitChoice } from '@linli/shared/identity';
import type { Page } from '@linli/shared/kernel';
import { type ReactNode, useEffect, useState } from 'react';
import { spoken, useLatest } from '@/platform';
import { api } from '@/request/api';
import { asApiError } from '@/request/api-error';
import { Button } from './button';
import { Card, Cell } from './card';
import { Field, TextInput } from './field';

/** Typing goes on; the server is asked when it rests. */
const REST_MS = 350;

type Found<Item> =
  | { readonly status: 'idle' | 'searching' }
  | { readonly status: 'found'; readonly items: readonly Item[] }
  | { readonly status: 'failed'; readonly message: string };

function useSearch<Item>(
  text: string,
  minimum: number,
  search: (text: string) => Promise<readonly Item[]>,
): Found<Item> {
  const wanted = text.trim();
  const [answer, setAnswer] = useState<Answer<Item> | null>(null);
  const latest = useLatest(search);
  useEffect(() => {
    if (wanted.length < minimum) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      latest()(wanted).then(
        (items) => {
          if (current) setAnswer({ to: wanted, found: { status: 'found', items } });
        },
        (cause: unknown) => {
          if (current)
            setAnswer({ to: wanted, found: { status: 'failed', message: asApiError(cause).message } });
        },
      );
    }, REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, minimum, latest]);
  if (wanted.length < minimum) return { status: 'idle' };
  return answer?.to === wanted ? answer.found : { status: 'searching' };
}

interface Answer<Item> {
  /** What was asked: an answer to something else is old. */
  readonly to: string;
  readonly found: Found<Item>;
}

function EstateField({
  value,
  onChange,
}: {
  readonly value: EstateChoice | null;
  readonly onChange: (estate: EstateChoice | null) => void;
}) {
  const [text, setText] = useState('');
  const found = useSearch(text, 0, async (name) => {
    const { items } = await api.get<Page<EstateChoice>>('/api/estates', { q: name, limit: 20 });
    return items;
  });
  if (value !== null)
    return (
      <Chosen
        what="小区"
        name={value.name}
        detail={value.address}
        onChange={() => {
          onChange(null);
        }}
      />
    );
  return (
    <Search
      label="小区"
      text={text}
      placeholder="输入小区名的开头"
      onText={setText}
      found={found}
      none="没有找到，请核对小区名"
    >
      {(items) =>
        items.map((estate) => (
          <Cell
            key={estate.id}
            icon="building"
            title={estate.name}
            detail={estate.address}
            onTap={() => {
              onChange(estate);
            }}
          />
        ))
      }
    </Search>
  );
}

export function UnitField({
  estateId,
  value,
  error,
  onChange,
}: {
  readonly estateId: string;
  readonly value: UnitChoice | null;
  readonly error?: string | undefined;
  readonly onChange: (unit: UnitChoice | null) => void;
}) {
  const [text, setText] = useState('');
  const found = useSearch(text, 1, (room) =>
    api.get<readonly UnitChoice[]>(`/api/estates/${estateId}/units/search`, { q: room }),
  );
  if (value !== null)
    return (
      <Chosen
        what="房屋"
        name={value.name}
        onChange={() => {
          onChange(null);
        }}
      />
    );
  return (
    <Search
      label="房屋"
      text={text}
      placeholder="例如 3-2-301 或 301"
      onText={setText}
      found={found}
      error={error}
      none="名册上没有这套房屋，请核对楼号和房号"
    >
      {(items) =>
        items.map((unit) => (
          <Cell
            key={unit.id}
            icon="home"
            title={unit.name}
            onTap={() => {
              onChange(unit);
            }}
          />
        ))
      }
    </Search>
  );
}

function Search<Item>({
  label,
  text,
  placeholder,
  onText,
  found,
  none,
  error,
  children,
}: {
  readonly label: string;
  readonly text: string;
  readonly placeholder: string;
  readonly onText: (text: string) => void;
  readonly found: Found<Item>;
  readonly none: string;
  readonly error?: string | undefined;
  readonly children: (items: readonly Item[]) => ReactNode;
}) {
  return (
    <View className="stack stack--2">
      <Field label={label} error={found.status === 'failed' ? found.message : error}>
        <TextInput
          value={text}
          placeholder={placeholder}
          maxLength={IDENTITY_LIMITS.searchChars}
          onChange={onText}
        />
      </Field>
      {found.status === 'searching' && <View className="t-second t-muted">正在找…</View>}
      {found.status === 'found' && found.items.length === 0 && (
        <View className="t-second" {...spoken({ role: 'status' })}>
          {none}
        </View>
      )}
      {found.status === 'found' && found.items.length > 0 && <Card flush>{children(found.items)}</Card>}
    </View>
  );
}

function Chosen({
  what,
  name,
  detail,
  onChange,
}: {
  readonly what: string;
  readonly name: string;
  readonly detail?: string;
  readonly onChange: () => void;
}) {
  return (
    <View className="row row--between">
      <View className="grow">
        <Text className="t-second t-muted">{what}</Text>
        <View className="t-strong">{name}</View>
        {detail !== undefined && detail !== '' && <View className="t-second t-muted">{detail}</View>}
      </View>
      <Button kind="plain" size="small" label={`换一个${what}`} onTap={onChange}>
        换一个
      </Button>
    </View>
  );
}

export interface ChosenHome {
  readonly estate: EstateChoice | null;
  readonly unit: UnitChoice | null;
}

/** 小区和房屋: the estate first; another estate means another home. */
export function HomeFields({
  value: { estate, unit },
  error,
  onChange,
}: {
  readonly value: ChosenHome;
  readonly error?: string | undefined;
  readonly onChange: (home: Partial<ChosenHome>) => void;
}) {
  return (
    <>
      <EstateField
        value={estate}
        onChange={(chosen) => {
          onChange({ estate: chosen, unit: null });
        }}
      />
      {estate !== null && (
        <UnitField
          estateId={estate.id}
          value={unit}
          error={error}
          onChange={(chosen) => {
            onChange({ unit: chosen });
          }}
        />
      )}
    </>
  );
}
