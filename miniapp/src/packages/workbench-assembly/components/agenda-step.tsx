import { View } from '@tarojs/components';
import { ASSEMBLY_LIMITS } from '@linli/shared/assembly';
import { Button, Card, Field, TextArea, TextInput } from '@/components';
import { NEW_MOTION } from '../model';
import type { ConveneStepProps } from './convene-step';
import { MotionEditor } from './motion-editor';

/** The agenda while opinions on it are heard. */
export function AgendaStands() {
  return (
    <Card title="正在征求意见">
      业主正在对议题提意见，会议名称、说明和议题先不能改。要修改，请在会议办理里撤回征求意见。
    </Card>
  );
}

/** 议题: what the meeting is to decide. */
export function AgendaStep({ form, options, faults, merge }: ConveneStepProps) {
  const fault = (path: string) => faults.find((each) => each.path === path)?.message;
  return (
    <View className="stack stack--4">
      <Card>
        <View className="stack stack--3">
          <Field label="会议名称" error={fault('title')}>
            <TextInput
              value={form.title}
              maxLength={ASSEMBLY_LIMITS.titleLength.max}
              placeholder="例如：秋季业主大会"
              onChange={(title) => {
                merge({ title });
              }}
            />
          </Field>
          <Field label="决定什么、为什么" error={fault('summary')} hint="两三句话，业主最先看到的就是它">
            <TextArea
              value={form.summary}
              rows={3}
              maxLength={ASSEMBLY_LIMITS.summaryLength.max}
              onChange={(summary) => {
                merge({ summary });
              }}
            />
          </Field>
        </View>
      </Card>
      {form.motions.map((motion, index) => (
        <MotionEditor
          key={motion.id ?? index}
          index={index}
          motion={motion}
          options={options}
          faults={faults}
          onChange={(changed) => {
            merge({ motions: form.motions.map((each, at) => (at === index ? changed : each)) });
          }}
          onRemove={
            form.motions.length === 1
              ? null
              : () => {
                  merge({ motions: form.motions.filter((_, at) => at !== index) });
                }
          }
        />
      ))}
      <Button
        kind="plain"
        icon="plus"
        onTap={() => {
          merge({ motions: [...form.motions, NEW_MOTION] });
        }}
      >
        再加一项议题
      </Button>
    </View>
  );
}
