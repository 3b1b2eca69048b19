import { View } from '@tarojs/components';
import {
  ASSEMBLY_LIMITS,
  type ConveningOptions,
  MATTERS,
  type MatterNumber,
  VOTE_CLASS_LABELS,
  voteClassOf,
} from '@linli/shared/assembly';
import type { FieldError } from '@linli/shared/errors';
import { Button, Card, Check, Chip, Field, Picker, TextArea, TextInput } from '@/components';
import type { MotionForm } from '../model';

interface Props {
  readonly index: number;
  readonly motion: MotionForm;
  readonly options: ConveningOptions;
  readonly faults: readonly FieldError[];
  readonly onChange: (motion: MotionForm) => void;
  readonly onRemove: (() => void) | null;
}

/** One motion: the matter is chosen, the majority follows from it. */
export function MotionEditor({ index, motion, options, faults, onChange, onRemove }: Props) {
  const fault = (field: string) => faults.find(({ path }) => path === `motions[${index}].${field}`)?.message;
  const voteClass = voteClassOf(motion.matter, options.specialMatters);
  return (
    <Card
      title={`第 ${index + 1} 项`}
      extra={<Chip tone={voteClass === 'SPECIAL' ? 'urgent' : 'brand'}>{VOTE_CLASS_LABELS[voteClass]}</Chip>}
    >
      <View className="stack stack--3">
        <Field label="属于哪一类事项" hint="表决要多少人同意由事项决定，不能自己选">
          <Picker
            value={String(motion.matter)}
            options={MATTERS.map(({ number, text, examples }) => ({
              value: String(number),
              label: `${number}. ${text}（${examples}）`,
            }))}
            onChange={(value) => {
              onChange({ ...motion, matter: Number(value) as MatterNumber });
            }}
          />
        </Field>
        <Field label="议题名称" error={fault('title')}>
          <TextInput
            value={motion.title}
            maxLength={ASSEMBLY_LIMITS.motionTitleLength.max}
            onChange={(title) => {
              onChange({ ...motion, title });
            }}
          />
        </Field>
        <Field label="要表决的内容" error={fault('text')}>
          <TextArea
            value={motion.text}
            rows={3}
            maxLength={ASSEMBLY_LIMITS.motionTextLength.max}
            onChange={(text) => {
              onChange({ ...motion, text });
            }}
          />
        </Field>
        <Field label="最多支出（元）" optional error={fault('amountLimitFen')}>
          <TextInput
            keyboard="decimal"
            value={motion.amount}
            onChange={(amount) => {
              onChange({ ...motion, amount });
            }}
          />
        </Field>
        <Scope motion={motion} options={options} fault={fault('scope')} onChange={onChange} />
        {onRemove !== null && (
          <Button kind="quiet" size="small" icon="trash" label={`删去第 ${index + 1} 项`} onTap={onRemove}>
            删去这一项
          </Button>
        )}
      </View>
    </Card>
  );
}

function Scope({
  motion,
  options,
  fault,
  onChange,
}: {
  readonly motion: MotionForm;
  readonly options: ConveningOptions;
  readonly fault: string | undefined;
  readonly onChange: (motion: MotionForm) => void;
}) {
  const { scope } = motion;
  const chosen = scope.kind === 'BUILDINGS' ? scope.buildings : [];
  return (
    <Field label="由谁表决" error={fault}>
      <View className="stack stack--2">
        <Picker
          value={scope.kind}
          options={[
            { value: 'ESTATE', label: '全体业主' },
            { value: 'BUILDINGS', label: '只由部分楼栋的业主（只涉及这些楼的共有部分）' },
          ]}
          onChange={(kind) => {
            onChange({
              ...motion,
              scope: kind === 'BUILDINGS' ? { kind, buildings: [] } : { kind: 'ESTATE' },
            });
          }}
        />
        {scope.kind === 'BUILDINGS' && (
          <View className="row row--wrap gap-3">
            {options.buildings.map((name) => (
              <Check
                key={name}
                label={name}
                on={chosen.includes(name)}
                onChange={(on) => {
                  const buildings = on ? [...chosen, name] : chosen.filter((other) => other !== name);
                  onChange({ ...motion, scope: { kind: 'BUILDINGS', buildings } });
                }}
              >
                {name}
              </Check>
            ))}
          </View>
        )}
      </View>
    </Field>
  );
}
