import { View } from '@tarojs/components';
import type { ResponsibleAnswer, TicketCategoryCode } from '@linli/shared/tickets';
import { CallRow, Card, Icon, PageContent, SkeletonCard } from '@/components';
import { useResponsible } from '../api';

/** Who the law makes responsible and how to call them, shown while one is still writing. */
export function ResponsibleCard({
  category,
  danger,
}: {
  readonly category: TicketCategoryCode;
  readonly danger: boolean;
}) {
  return (
    <PageContent resource={useResponsible(category, danger)} skeleton={<SkeletonCard lines={4} />}>
      {(answer) => <Responsible answer={answer} />}
    </PageContent>
  );
}

function Responsible({ answer }: { readonly answer: ResponsibleAnswer }) {
  const co = answer.co.map(({ name }) => name).join('、');
  return (
    <Card title="谁负责" tone={answer.unsafe ? 'urgent' : 'plain'}>
      <View className="stack stack--3">
        {answer.unsafe && (
          <View className="row row--top gap-2 t-urgent">
            <Icon name="alert" />
            <View className="t-strong grow">有危险：直接报街道，同时通知部门</View>
          </View>
        )}
        <View className="stack stack--1">
          <View className="t-strong">{answer.lead.name}</View>
          {co !== '' && <View className="t-second t-muted">{`配合：${co}`}</View>}
          <View className="t-second">{answer.work}</View>
        </View>
        {answer.lead.phone !== null && (
          <CallRow department={answer.lead.name} duty="着急可以先打电话" phone={answer.lead.phone.number} />
        )}
        <View className="t-second">{`提交后先由${answer.handlerName ?? answer.firstLevelLabel}受理：${answer.promise}。`}</View>
        <View className="t-caption t-muted">{`依据：${answer.source}`}</View>
      </View>
    </Card>
  );
}
