import { View } from '@tarojs/components';
import { INSTALMENT_LABELS, type Instalment, type MyInstalment } from '@linli/shared/fees';
import { useState } from 'react';
import { Card, Choices, ConfirmSheet, PageContent, SkeletonCard } from '@/components';
import { useAction } from '@/request';
import { currentHome, toast, useSession } from '@/stores';
import { chooseInstalment, useMyInstalment } from '../api';

/** 缴费周期 of the home that is shown: its owner chooses; what is billed already stays as it is. */
export function InstalmentCard() {
  const home = useSession(currentHome);
  return home?.kind === 'OWNER' ? <OfHome estateId={home.estateId} unitId={home.unitId} /> : null;
}

function OfHome({ estateId, unitId }: { readonly estateId: string; readonly unitId: string }) {
  const mine = useMyInstalment(estateId, unitId);
  return (
    <PageContent resource={mine} skeleton={<SkeletonCard lines={2} />}>
      {(data) => <Choice mine={data} onChoose={(to) => chooseInstalment(estateId, unitId, to)} />}
    </PageContent>
  );
}

function Choice({
  mine,
  onChoose,
}: {
  readonly mine: MyInstalment;
  readonly onChoose: (to: Instalment) => Promise<void>;
}) {
  const [asking, setAsking] = useState<Instalment | null>(null);
  const close = () => {
    setAsking(null);
  };
  const save = useAction((_key, to: Instalment) => onChoose(to), {
    onDone: () => {
      close();
      toast('已改好，下次出账就按这个周期', 'good');
    },
  });
  return (
    <Card title="缴费周期">
      <View className="stack stack--3">
        <View className="t-second t-muted">{`${mine.unitName}。按月、按季、按年，一年的合计一分不差。`}</View>
        <Choices
          label="缴费周期"
          value={mine.instalment}
          options={mine.offered.map((value) => ({ value, label: INSTALMENT_LABELS[value] }))}
          onChange={(to) => {
            if (to !== mine.instalment) setAsking(to);
          }}
        />
      </View>
      <ConfirmSheet
        open={asking !== null}
        title="改缴费周期"
        sentence={`${mine.unitName}改为${asking === null ? '' : INSTALMENT_LABELS[asking]}缴，从还没出账的月份算起。已经出的账单不变，照常缴。`}
        doLabel="确认修改"
        busy={save.busy}
        error={save.error?.message}
        onConfirm={() => (asking === null ? undefined : save.run(asking))}
        onClose={close}
      />
    </Card>
  );
}
