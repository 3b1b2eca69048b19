import { View } from '@tarojs/components';
import { type ConveningOptions, VOTE_CLASS_LABELS, voteClassOf } from '@linli/shared/assembly';
import { formatInstant } from '@linli/shared/kernel';
import { Card, Chip, Fact, useNow } from '@/components';
import { type ConveneForm, requestOf } from '../model';

/** What owners will read, while it is still being written. */
export function NoticePreview({
  form,
  options,
}: {
  readonly form: ConveneForm;
  readonly options: ConveningOptions;
}) {
  const now = useNow();
  const { opensAt, closesAt } = requestOf(form, undefined);
  return (
    <View className="stack stack--3">
      {options.banner !== null && <Card tone="urgent">{options.banner}</Card>}
      <View className="t-page">{form.title || '会议名称'}</View>
      <View>{form.summary || '要决定什么、为什么，用几句话说明。'}</View>
      {opensAt !== null && <Fact label="投票开始">{formatInstant(opensAt, now)}</Fact>}
      {closesAt !== null && <Fact label="投票截止">{formatInstant(closesAt, now)}</Fact>}
      {form.motions.map((motion, index) => {
        const voteClass = voteClassOf(motion.matter, options.specialMatters);
        return (
          <Card key={motion.id ?? index}>
            <View className="stack stack--2">
              <View className="t-title">{`${index + 1}. ${motion.title || '议题名称'}`}</View>
              <View>{motion.text}</View>
              <View className="row">
                <Chip tone={voteClass === 'SPECIAL' ? 'urgent' : 'brand'}>
                  {VOTE_CLASS_LABELS[voteClass]}
                </Chip>
              </View>
            </View>
          </Card>
        );
      })}
    </View>
  );
}
