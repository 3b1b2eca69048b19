import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { isH5, spoken } from '@/platform';
import { classNames } from './class-names';
import type { Option } from './field';
import { Icon } from './icon';
import { Tap, pressOnEnter } from './tap';
import './choice.css';

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly options: readonly (Option<Value> & { readonly count?: number | undefined })[];
  readonly onChange: (value: Value) => void;
  readonly label: string;
}

/** Parts of one page, side by side. */
export function Tabs<Value extends string>({ value, options, onChange, label }: TabsProps<Value>) {
  return (
    <View className="tabs" {...spoken({ role: 'tablist', label })}>
      {options.map((option) => (
        <Tap
          key={option.value}
          role="tab"
          selected={option.value === value}
          className={classNames('tabs__item', option.value === value && 'tabs__item--on')}
          onTap={() => {
            onChange(option.value);
          }}
          label={`${option.label}${option.count === undefined ? '' : `，${option.count} 件`}${option.value === value ? '，已选中' : ''}`}
        >
          <Text>{option.label}</Text>
          {option.count !== undefined && <Text className="tabs__count">{String(option.count)}</Text>}
        </Tap>
      ))}
    </View>
  );
}

export interface ChoicesProps<Value extends string> {
  readonly value: Value | null;
  readonly options: readonly (Option<Value> & { readonly detail?: string })[];
  readonly onChange: (value: Value) => void;
  readonly label: string;
}

/** Large choices one under another, of which one is taken. */
export function Choices<Value extends string>({ value, options, onChange, label }: ChoicesProps<Value>) {
  return (
    <View className="choices stack stack--2" {...spoken({ role: 'radiogroup', label })}>
      {options.map((option) => (
        <Tap
          key={option.value}
          role="radio"
          selected={option.value === value}
          className={classNames('choices__item', option.value === value && 'choices__item--on')}
          onTap={() => {
            onChange(option.value);
          }}
          label={`${option.label}${option.detail === undefined ? '' : `，${option.detail}`}${option.value === value ? '，已选中' : ''}`}
        >
          <View className="choices__mark">
            {option.value === value && <Icon name="check" size="small" />}
          </View>
          <View className="grow">
            <View className="t-strong">{option.label}</View>
            {option.detail !== undefined && <View className="t-second t-muted">{option.detail}</View>}
          </View>
        </Tap>
      ))}
    </View>
  );
}

export interface ToggleProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly label: string;
}

/** A switch that says in a word which way it stands. */
export function Toggle({ on, onChange, label }: ToggleProps) {
  return (
    <Tap
      role="switch"
      selected={on}
      className={classNames('toggle', on && 'toggle--on')}
      onTap={() => {
        onChange(!on);
      }}
      label={`${label}，${on ? '已打开' : '已关闭'}`}
    >
      <Text className="toggle__word">{on ? '开' : '关'}</Text>
      <View className="toggle__track">
        <View className="toggle__knob" />
      </View>
    </Tap>
  );
}

export interface CheckProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly label: string;
  readonly children: ReactNode;
}

/** A box to tick with a sentence beside it, which may hold links. */
export function Check({ on, onChange, label, children }: CheckProps) {
  return (
    <View className="check">
      <Tap
        role="checkbox"
        selected={on}
        className="check__target"
        onTap={() => {
          onChange(!on);
        }}
        label={`${label}，${on ? '已勾选' : '未勾选'}`}
      >
        <View className={classNames('check__box', on && 'check__box--on')}>
          {on && <Icon name="check" size="small" />}
        </View>
      </Tap>
      <View className="grow">{children}</View>
    </View>
  );
}

/** A word inside a sentence that opens something. */
export function Link({ children, onTap }: { readonly children: string; readonly onTap: () => void }) {
  return (
    <Text
      className="link tap"
      onClick={(event) => {
        event.stopPropagation();
        onTap();
      }}
      {...(isH5 ? { onKeyDown: pressOnEnter } : {})}
      {...spoken({ role: 'link', focusable: true })}
    >
      {children}
    </Text>
  );
}
