import { View } from '@tarojs/components';
import { formatFullDate, formatMonth, formatYuan, shanghaiDate } from '@linli/shared/kernel';
import {
  FUNDER_LABELS,
  RELIEF_KIND_LABELS,
  RELIEF_MACHINE,
  RELIEF_STATE_LABELS,
  type ReliefView,
} from '@linli/shared/relief';
import {
  Button,
  Card,
  Chip,
  ConfirmButton,
  Empty,
  Fact,
  InstantText,
  PageShell,
  SkeletonList,
} from '@/components';
import { navigate } from '@/navigate';
import { toast } from '@/stores';
import { useMyRelief, withdrawRelief } from '../../relief-api';

const apply = () => {
  navigate('reliefForm', {});
};

/** 减免缓缴: what the owner has asked for and how far it has come. */
export default function ReliefPage() {
  const mine = useMyRelief();
  return (
    <PageShell
      route="relief"
      resource={mine}
      skeleton={<SkeletonList cards={2} />}
      empty={({ items }) =>
        items.length === 0 ? (
          <Empty
            title="还没有申请"
            text="低保、残疾、大病等特殊困难家庭，可以申请少缴或晚缴物业费。社区核实、街道审批，物业和邻居看不到您的材料。"
            next={{ label: '申请减免或缓缴', onTap: apply }}
          />
        ) : undefined
      }
      foot={
        mine.status === 'ready' && mine.data.items.length > 0 ? (
          <Button block onTap={apply}>
            再申请一份
          </Button>
        ) : undefined
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          {items.map((item) => (
            <Application key={item.id} relief={item} />
          ))}
        </View>
      )}
    </PageShell>
  );
}

function Application({ relief }: { readonly relief: ReliefView }) {
  const open = RELIEF_MACHINE.stepsFrom(relief.state, 'APPLICANT').length > 0;
  return (
    <Card title={`${RELIEF_KIND_LABELS[relief.kind]} · ${relief.unitName}`}>
      <View className="stack stack--3">
        <View className="row">
          <Chip {...(relief.state === 'APPLIED' ? { tone: 'good', icon: 'check' } : { icon: 'clock' })}>
            {RELIEF_STATE_LABELS[relief.state]}
          </Chip>
        </View>
        <View className="stack stack--2">
          <Fact label="账单">{relief.bills.map(({ month }) => formatMonth(month)).join('、')}</Fact>
          <Fact label="提交于">
            <InstantText at={relief.submittedAt} />
          </Fact>
          {relief.wishedUntil !== null && relief.until === null && (
            <Fact label="想缓到">{formatFullDate(relief.wishedUntil)}</Fact>
          )}
          <Granted relief={relief} />
          <Papers relief={relief} />
        </View>
        {relief.state === 'RETURNED' && <View className="t-urgent">{`要补正：${relief.communityNote}`}</View>}
        {relief.state === 'REJECTED' && <View>{`原因：${relief.streetNote}`}</View>}
        {relief.state === 'RETURNED' && (
          <Button
            onTap={() => {
              navigate('reliefForm', { id: relief.id });
            }}
          >
            改好再交
          </Button>
        )}
        {open && <Withdraw relief={relief} />}
      </View>
    </Card>
  );
}

function Granted({ relief }: { readonly relief: ReliefView }) {
  const reduced = relief.bills.reduce((sum, { creditedFen }) => sum + (creditedFen ?? 0), 0);
  return (
    <>
      {relief.until !== null && <Fact label="缓缴到">{formatFullDate(relief.until)}</Fact>}
      {relief.percent !== null && <Fact label="批准">{`减免未缴部分的 ${relief.percent}%`}</Fact>}
      {reduced > 0 && <Fact label="已减">{formatYuan(reduced)}</Fact>}
      {relief.funder !== null && (
        <Fact label="由谁承担">{`${FUNDER_LABELS[relief.funder.kind]}（${relief.funder.name}）`}</Fact>
      )}
    </>
  );
}

function Papers({ relief: { papers, papersGoneAt } }: { readonly relief: ReliefView }) {
  if (papersGoneAt === null) return <Fact label="材料">{`${papers} 张，只有社区和街道能看`}</Fact>;
  const day = formatFullDate(shanghaiDate(papersGoneAt));
  return <Fact label="材料">{papers === 0 ? '已删除' : `${day} 自动删除`}</Fact>;
}

function Withdraw({ relief }: { readonly relief: ReliefView }) {
  return (
    <ConfirmButton
      kind="quiet"
      text="撤回申请"
      ask={{
        title: '撤回申请',
        sentence: '撤回后马上删除您交的材料，账单照原来的日期缴。以后还可以再申请。',
        doLabel: '撤回',
        danger: true,
      }}
      perform={() => withdrawRelief(relief)}
      onDone={() => {
        toast('已撤回，材料已删除', 'good');
      }}
    />
  );
}
