import { View } from '@tarojs/components';
import { shanghaiDate } from '@linli/shared/kernel';
import { Button, Card, DatePicker, Field } from '@/components';
import { earliestPlan } from '../model';
import type { ConveneStepProps } from './convene-step';

/** 时间: the dates the law counts from. */
export function ScheduleStep({
  form,
  options,
  faults,
  merge,
  now,
}: ConveneStepProps & { readonly now: number }) {
  const fault = (path: string) => faults.find((each) => each.path === path)?.message;
  const { rules } = options;
  const day = (key: 'objectionsUntil' | 'opensOn' | 'closesOn' | 'informedOn') => ({
    value: form[key],
    onChange: (date: string) => {
      merge({ [key]: date });
    },
  });
  return (
    <Card
      title="时间"
      extra={
        <Button
          size="small"
          kind="plain"
          onTap={() => {
            merge(earliestPlan(form, rules, now));
          }}
        >
          按今天通知，取最早的日期
        </Button>
      }
    >
      <View className="stack stack--3">
        <View className="t-muted">{`通知后至少满 ${rules.noticeDays} 天才能开始投票；名册公示并接受异议至少 ${rules.rollObjectionDays} 天，投票开始前截止。`}</View>
        <Field label="名册异议截止（当天 24:00）" error={fault('objectionsUntil')}>
          <DatePicker {...day('objectionsUntil')} />
        </Field>
        <Field label="投票开始（上午 9:00）" error={fault('opensAt')}>
          <DatePicker {...day('opensOn')} />
        </Field>
        <Field label="投票截止（晚上 8:00）" error={fault('closesAt')}>
          <DatePicker {...day('closesOn')} />
        </Field>
        <Field label="告知居民委员会的日期" hint="会议要告知居委会，并听取它的建议（物业管理条例第二十条）">
          <DatePicker {...day('informedOn')} to={shanghaiDate(now)} />
        </Field>
      </View>
    </Card>
  );
}
