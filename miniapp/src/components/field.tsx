import { Input, Picker as TaroPicker, Text, Textarea, View } from '@tarojs/components';
import { type ReactNode, createContext, useContext, useMemo } from 'react';
import { spoken } from '@/platform';
import { classNames } from './class-names';
import { Icon } from './icon';
import './field.css';

export interface FieldProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly hint?: string | undefined;
  /** The sentence of what is wrong, from the server or from a check before sending. */
  readonly error?: string | undefined;
  readonly optional?: boolean;
}

/** The inputs inside take their spoken name and their state from here. */
const FieldContext = createContext<{ readonly label: string; readonly invalid: boolean }>({
  label: '',
  invalid: false,
});

export function Field({ label, children, hint, error, optional = false }: FieldProps) {
  const invalid = error !== undefined;
  const named = useMemo(() => ({ label, invalid }), [label, invalid]);
  return (
    <FieldContext.Provider value={named}>
      <View className={classNames('field', invalid && 'field--bad')}>
        <View className="field__label">
          <Text>{label}</Text>
          {optional && <Text className="field__optional">（可不填）</Text>}
        </View>
        {children}
        {invalid ? (
          <View className="field__error row" {...spoken({ role: 'alert' })}>
            <Icon name="alert" size="small" />
            <Text>{error}</Text>
          </View>
        ) : (
          hint !== undefined && <View className="field__hint">{hint}</View>
        )}
      </View>
    </FieldContext.Provider>
  );
}

export interface TextInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maxLength?: number;
  /** Which keys the phone shows. */
  readonly keyboard?: 'text' | 'number' | 'decimal' | 'phone';
  /** What the browser may fill in by itself. */
  readonly autoComplete?: 'off' | 'tel' | 'name' | 'one-time-code';
  readonly disabled?: boolean;
  readonly onEnter?: () => void;
  /** Where there is no `Field` around it. */
  readonly label?: string;
}

const H5_INPUT_MODE = { text: 'text', number: 'numeric', decimal: 'decimal', phone: 'tel' } as const;
const WEAPP_TYPE = { text: 'text', number: 'number', decimal: 'digit', phone: 'number' } as const;
const NO_LIMIT = 140;

/** A browser's own input on H5 (its keyboard, its filling in, its undo), WeChat's on the phone. */
export function TextInput(props: TextInputProps) {
  const {
    value,
    onChange,
    placeholder = '',
    maxLength = NO_LIMIT,
    keyboard = 'text',
    disabled = false,
  } = props;
  const field = useContext(FieldContext);
  const label = props.label ?? field.label;
  const { onEnter } = props;
  if (process.env.TARO_ENV === 'h5') {
    return (
      <input
        className="input"
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        inputMode={H5_INPUT_MODE[keyboard]}
        autoComplete={props.autoComplete ?? 'off'}
        disabled={disabled}
        aria-label={label}
        aria-invalid={field.invalid}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.();
        }}
      />
    );
  } else {
    return (
      <Input
        className="input"
        value={value}
        placeholder={placeholder}
        placeholderClass="input__placeholder"
        maxlength={maxLength}
        type={WEAPP_TYPE[keyboard]}
        disabled={disabled}
        onInput={(event) => {
          onChange(event.detail.value);
        }}
        onConfirm={() => {
          onEnter?.();
        }}
        {...spoken({ label })}
      />
    );
  }
}

export interface TextAreaProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maxLength: number;
  readonly rows?: number;
  readonly label?: string;
}

/** Counts what is left once it gets close. */
export function TextArea({
  value,
  onChange,
  placeholder = '',
  maxLength,
  rows = 4,
  ...props
}: TextAreaProps) {
  const field = useContext(FieldContext);
  const label = props.label ?? field.label;
  const left = maxLength - Array.from(value).length;
  return (
    <View>
      {process.env.TARO_ENV === 'h5' ? (
        <textarea
          className="input input--area"
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          rows={rows}
          aria-label={label}
          aria-invalid={field.invalid}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      ) : (
        <Textarea
          className="input input--area"
          value={value}
          placeholder={placeholder}
          placeholderClass="input__placeholder"
          maxlength={maxLength}
          autoHeight
          disableDefaultPadding
          onInput={(event) => {
            onChange(event.detail.value);
          }}
          {...spoken({ label })}
        />
      )}
      {left <= 50 && <View className="field__hint t-right">{`还能写 ${left} 个字`}</View>}
    </View>
  );
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface PickerProps<Value extends string> {
  readonly value: Value | null;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly label?: string;
}

/** One of several, with the picker that the phone or the browser has itself. */
export function Picker<Value extends string>({
  value,
  options,
  onChange,
  placeholder = '请选择',
  ...props
}: PickerProps<Value>) {
  const field = useContext(FieldContext);
  const label = props.label ?? field.label;
  const chosen = options.find((option) => option.value === value);
  if (process.env.TARO_ENV === 'h5') {
    return (
      <View className="picker">
        <select
          className="input picker__select"
          value={value ?? ''}
          aria-label={label}
          aria-invalid={field.invalid}
          onChange={(event) => {
            const option = options.find((candidate) => candidate.value === event.target.value);
            if (option !== undefined) onChange(option.value);
          }}
        >
          {chosen === undefined && (
            <option value="" disabled>
              {placeholder}
            </option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size="small" />
      </View>
    );
  } else {
    return (
      <TaroPicker
        mode="selector"
        range={options.map((option) => option.label)}
        value={Math.max(
          0,
          options.findIndex((option) => option.value === value),
        )}
        onChange={(event) => {
          const option = options[Number(event.detail.value)];
          if (option !== undefined) onChange(option.value);
        }}
      >
        <PickerFace text={chosen?.label} placeholder={placeholder} label={label} />
      </TaroPicker>
    );
  }
}

export interface DatePickerProps {
  /** 'YYYY-MM-DD' */
  readonly value: string | null;
  readonly onChange: (date: string) => void;
  readonly from?: string;
  readonly to?: string;
  readonly label?: string;
}

export function DatePicker({ value, onChange, from, to, ...props }: DatePickerProps) {
  const field = useContext(FieldContext);
  const label = props.label ?? field.label;
  if (process.env.TARO_ENV === 'h5') {
    return (
      <input
        className="input"
        type="date"
        value={value ?? ''}
        min={from}
        max={to}
        aria-label={label}
        aria-invalid={field.invalid}
        onChange={(event) => {
          if (event.target.value !== '') onChange(event.target.value);
        }}
      />
    );
  } else {
    return (
      <TaroPicker
        mode="date"
        value={value ?? ''}
        {...(from === undefined ? {} : { start: from })}
        {...(to === undefined ? {} : { end: to })}
        onChange={(event) => {
          onChange(event.detail.value);
        }}
      >
        <PickerFace text={value ?? undefined} placeholder="请选择日期" label={label} />
      </TaroPicker>
    );
  }
}

function PickerFace({
  text,
  placeholder,
  label,
}: {
  readonly text: string | undefined;
  readonly placeholder: string;
  readonly label: string;
}) {
  return (
    <View className="input picker" {...spoken({ role: 'button', label: `${label}，${text ?? placeholder}` })}>
      <Text className={classNames('grow', text === undefined && 'input__placeholder')}>
        {text ?? placeholder}
      </Text>
      <Icon name="down" size="small" />
    </View>
  );
}
