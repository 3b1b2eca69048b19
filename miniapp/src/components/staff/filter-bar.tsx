import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { spoken } from '@/platform';
import { classNames } from '../class-names';
import { type Option, TextInput } from '../field';
import { Icon } from '../icon';
import { Tap } from '../tap';
import './filter-bar.css';

export interface Filter<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (Option<Value> & { readonly count?: number })[];
  readonly onChange: (value: Value) => void;
}

export interface FilterBarProps {
  readonly children?: ReactNode;
  readonly search?: {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly placeholder: string;
  };
}

/** Above a table: groups of chips, and a search field. */
export function FilterBar({ children, search }: FilterBarProps) {
  return (
    <View className="filter-bar no-print">
      {children}
      {search !== undefined && (
        <View className="filter-bar__search">
          <Icon name="search" size="small" />
          <TextInput
            label={search.placeholder}
            value={search.value}
            onChange={search.onChange}
            placeholder={search.placeholder}
            maxLength={40}
          />
        </View>
      )}
    </View>
  );
}

export function FilterChips<Value extends string>({ label, value, options, onChange }: Filter<Value>) {
  return (
    <View className="filter-chips" {...spoken({ role: 'radiogroup', label })}>
      {options.map((option) => (
        <Tap
          key={option.value}
          role="radio"
          selected={option.value === value}
          className={classNames('filter-chips__item', option.value === value && 'filter-chips__item--on')}
          onTap={() => {
            onChange(option.value);
          }}
          label={`${label}：${option.label}${option.count === undefined ? '' : `，${option.count} 件`}${option.value === value ? '，已选中' : ''}`}
        >
          <Text>{option.label}</Text>
          {option.count !== undefined && <Text className="filter-chips__count">{String(option.count)}</Text>}
        </Tap>
      ))}
    </View>
  );
}
