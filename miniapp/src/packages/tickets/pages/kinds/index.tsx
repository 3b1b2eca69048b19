import { View } from '@tarojs/components';
import type { TicketCatalogue, TicketCategoryView } from '@linli/shared/tickets';
import { Card, Chip, PageShell, StateBlock, Tap } from '@/components';
import { navigate, replace } from '@/navigate';
import { myHomes, useDrafts, useSession } from '@/stores';
import { useCatalogue } from '../../api';
import { draftName } from '../../model';
import './index.css';

/** What is it about: every kind as a word, under a few headings. */
export default function ComplainPage() {
  const resident = useSession((state) => myHomes(state).some(({ estateId }) => estateId === state.estateId));
  return (
    <PageShell route="complain" resource={useCatalogue()}>
      {(catalogue) =>
        resident ? (
          <Kinds catalogue={catalogue} />
        ) : (
          <StateBlock
            icon="home"
            title="先认领您的房屋"
            text="只有本小区的住户能投诉。认领通过后就能反映问题，也能看到谁在办。"
            next={{ label: '去“我的”认领', onTap: () => navigate('mine') }}
          />
        )
      }
    </PageShell>
  );
}

function Kinds({ catalogue }: { readonly catalogue: TicketCatalogue }) {
  return (
    <View className="stack stack--4">
      <View className="t-title">您要反映哪一类？</View>
      {catalogue.groups.map((group) => {
        const kinds = catalogue.categories.filter((kind) => kind.group === group.code);
        return (
          <Card key={group.code} title={group.label}>
            <View className="kinds">
              {kinds.map((kind) => (
                <Kind key={kind.code} kind={kind} />
              ))}
            </View>
          </Card>
        );
      })}
    </View>
  );
}

function Kind({ kind }: { readonly kind: TicketCategoryView }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const drafted = useDrafts((state) => state.drafts[draftName(estateId, kind.code)] !== undefined);
  return (
    <Tap
      className="kinds__item"
      label={`${kind.label}：${kind.hint}${drafted ? '，有没写完的' : ''}`}
      onTap={() => {
        replace('complaintForm', { category: kind.code });
      }}
    >
      <View className="t-strong">{kind.label}</View>
      <View className="t-caption t-muted">{kind.hint}</View>
      {drafted && <Chip tone="urgent">有没写完的</Chip>}
    </Tap>
  );
}
