import { View } from '@tarojs/components';
import type { DunningSums } from '@linli/shared/fees';
import { formatYuan } from '@linli/shared/kernel';
import { Card, Empty, Fact, PageContent } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { NoticeList } from '../../components/notice-list';
import { WriteNotices } from '../../components/write-notices';
import { useDunningSums, useWorksForCompany } from '../../dunning-api';

/** 催缴: how much there is of it, for the company and the committee; the papers, for the company alone. */
export default function DunningPage() {
  const sums = useDunningSums();
  const company = useWorksForCompany();
  return (
    <WorkbenchShell route="dunningDesk" active="dunning" title="催缴">
      <View className="stack stack--4">
        <PageContent resource={sums}>{(data) => <Sums sums={data} />}</PageContent>
        {company && <WriteNotices />}
        {company && <NoticeList />}
      </View>
    </WorkbenchShell>
  );
}

function Sums({ sums: { homes, amountFen, steps } }: { readonly sums: DunningSums }) {
  if (homes === 0)
    return <Empty title="现在没有在催缴的" text="催缴只有提醒、书面催告、业委会督促、调解、诉讼这几步。" />;
  return (
    <Card title={`${homes} 户正在催缴${amountFen === null ? '' : `，共 ${formatYuan(amountFen)}`}`}>
      <View className="stack stack--3">
        <View className="stack stack--2">
          {steps
            .filter((step) => step.homes > 0)
            .map(({ step, label, homes: at }) => (
              <Fact key={step} label={label}>{`${at} 户`}</Fact>
            ))}
        </View>
        <View className="t-second t-muted">
          {`这里只有户数${amountFen === null ? '，户数少时不显示金额' : '和合计'}，没有房号和姓名。欠费和门禁、电梯、水电气暖没有关系。`}
        </View>
      </View>
    </Card>
  );
}
