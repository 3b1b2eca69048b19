import { View } from '@tarojs/components';
import {
  type AssemblyDetail,
  CHOICE_LABELS,
  type Mandate,
  MANDATE_END_LABELS,
  type MyPrincipal,
} from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Chip, ConfirmButton } from '@/components';
import { toast, useSession } from '@/stores';
import { assemblyActions } from '../api';
import { GiveMandate } from './give-mandate';

interface Props {
  readonly assembly: AssemblyDetail;
  readonly principal: MyPrincipal;
}

/** Whom I sent, or the way to send somebody; and where I was sent, for whom and how far. */
export function MandateOf({ assembly, principal }: Props) {
  const [giving, setGiving] = useState(false);
  const { mandate, acting } = principal;
  const open = assembly.state === 'NOTICED' || assembly.state === 'VOTING';
  if (acting !== null) return <ActingFor assembly={assembly} principal={principal} />;
  if (principal.kind !== 'OWNERS') return null;
  const stands = mandate !== null && mandate.state !== 'ENDED';
  return (
    <View className="stack stack--2">
      {mandate !== null && <Given assembly={assembly} mandate={mandate} open={open} />}
      {open && !stands && (
        <Button
          kind="quiet"
          size="small"
          onTap={() => {
            setGiving(true);
          }}
        >
          没空投？委托别人投
        </Button>
      )}
      {giving && (
        <GiveMandate
          assembly={assembly}
          principal={principal}
          onClose={() => {
            setGiving(false);
          }}
        />
      )}
    </View>
  );
}

function Given({
  assembly,
  mandate,
  open,
}: {
  readonly assembly: AssemblyDetail;
  readonly mandate: Mandate;
  readonly open: boolean;
}) {
  const { agent, state, ended, isMine, casts } = mandate;
  if (ended !== null)
    return (
      <View className="t-second t-muted">{`给 ${agent} 的委托已终止：${MANDATE_END_LABELS[ended.reason]}`}</View>
    );
  return (
    <View className="stack stack--2">
      <View className="row row--between">
        <View className="grow">{`${isMine ? '您' : '共有人'}委托 ${agent} 代投`}</View>
        <Chip tone={state === 'PENDING' ? 'urgent' : 'good'}>
          {state === 'PENDING' ? '待复核' : casts > 0 ? '已代投' : '委托有效'}
        </Chip>
      </View>
      <View className="t-second t-muted">{wishes(assembly, mandate)}</View>
      {open && isMine && <Revoke assembly={assembly} mandate={mandate} />}
    </View>
  );
}

function Revoke({ assembly, mandate }: { readonly assembly: AssemblyDetail; readonly mandate: Mandate }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  return (
    <ConfirmButton
      kind="plain"
      size="small"
      text="撤销委托"
      ask={{
        title: '撤销委托',
        sentence: `${mandate.agent} 不能再代投，已经代投的票也不再计入。您可以自己投，或者另行委托。`,
        doLabel: '撤销',
        safeLabel: '不撤销',
        danger: true,
      }}
      perform={() => assemblyActions(estateId, assembly.id).endMandate(mandate.id, 'REVOKED')}
      onDone={() => {
        toast('委托已撤销');
      }}
    />
  );
}

/** For whom the reader votes here. */
function ActingFor({ assembly, principal: { acting } }: Props) {
  if (acting === null) return null;
  const { as, forWhom, votedInPerson } = acting;
  return (
    <View className="stack stack--1">
      <View className="t-strong">
        {as === 'GUARDIAN' ? `您是 ${forWhom} 的监护人` : `${forWhom} 委托您代投`}
      </View>
      {as === 'PROXY' && <View className="t-second t-muted">{wishes(assembly, acting)}</View>}
      {votedInPerson && <View className="t-second">业主本人已经投了，以本人投的为准。</View>}
    </View>
  );
}

function wishes(assembly: AssemblyDetail, terms: Pick<Mandate, 'motionIds' | 'instructions'>): string {
  const said = terms.instructions.flatMap(({ motionId, choice }) => {
    const motion = assembly.motions.find(({ id }) => id === motionId);
    return motion === undefined ? [] : [`第 ${motion.position} 项投“${CHOICE_LABELS[choice]}”`];
  });
  const reach = terms.motionIds?.length ?? assembly.motions.length;
  const rest = said.length < reach ? `${said.length === 0 ? '' : '其余'}由代理人决定` : '';
  return `业主的意见：${[...said, rest].filter((text) => text !== '').join('，')}`;
}
