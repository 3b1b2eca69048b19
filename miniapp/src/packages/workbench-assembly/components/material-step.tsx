import { View } from '@tarojs/components';
import { Button, Card, Cell, DatePicker, Field } from '@/components';
import { useDocumentUpload } from '@/request';
import type { ConveneStepProps } from './convene-step';

/** 材料: what owners can read before they vote, and until when they may say what they think. */
export function MaterialStep(props: ConveneStepProps) {
  return (
    <View className="stack stack--4">
      <Materials form={props.form} merge={props.merge} />
      <OpinionDays {...props} />
    </View>
  );
}

function Materials({ form, merge }: Pick<ConveneStepProps, 'form' | 'merge'>) {
  const add = useDocumentUpload('MATERIAL', (file) => {
    merge({ materials: [...form.materials, file] });
  });
  return (
    <Card
      title="材料"
      extra={
        <Button size="small" kind="plain" icon="plus" busy={add.busy} onTap={() => add.run()}>
          加材料
        </Button>
      }
    >
      <View className="stack stack--2">
        {form.materials.length === 0 && (
          <View className="t-muted">
            方案、报价、照片等，业主投票前能看到。PDF 或图片，每份不超过 10 MB。
          </View>
        )}
        {form.materials.map(({ id, name }) => (
          <Cell
            key={id}
            icon="document"
            title={name}
            value={
              <Button
                kind="quiet"
                size="small"
                label={`删去 ${name}`}
                onTap={() => {
                  merge({ materials: form.materials.filter((each) => each.id !== id) });
                }}
              >
                删去
              </Button>
            }
          />
        ))}
        {add.error !== null && <View className="t-bad">{add.error.message}</View>}
      </View>
    </Card>
  );
}

function OpinionDays({ form, options, merge }: ConveneStepProps) {
  return (
    <Card title="会前征求意见">
      <View className="stack stack--3">
        <View className="t-muted">
          {options.rules.opinionDays > 0
            ? `本地要求发通知前征求意见至少 ${options.rules.opinionDays} 天。`
            : '先听听业主怎么说，再定议题，能少走弯路。可以不征求。'}
        </View>
        <Field label="意见收到哪一天" optional={options.rules.opinionDays === 0}>
          <DatePicker
            value={form.opinionsUntil}
            onChange={(opinionsUntil) => {
              merge({ opinionsUntil });
            }}
          />
        </Field>
      </View>
    </Card>
  );
}
