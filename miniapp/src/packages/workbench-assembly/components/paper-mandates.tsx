import { View } from '@tarojs/components';
import {
  type AssemblyDetail,
  type DeskMandate,
  type DeskPrincipal,
  MANDATE_END_LABELS,
} from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import { useState } from 'react';
import {
  Attachments,
  Button,
  Card,
  Chip,
  Field,
  MorePages,
  PageContent,
  Picker,
  Sheet,
  TextInput,
} from '@/components';
import { AttachmentPicker } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { mandateActions, usePaperMandates } from '../api';

const PHONE = /^1[3-9]\d{9}$/;

interface Props {
  readonly meeting: AssemblyDetail;
}

/** 纸质委托书: entered by one person, held against the scan by another. */
export function PaperMandates({ meeting }: Props) {
  const mandates = usePaperMandates(meeting.id);
  const [entering, setEntering] = useState(false);
  const open = meeting.state === 'NOTICED' || meeting.state === 'VOTING';
  return (
    <Card title="纸质委托书">
      <PageContent resource={mandates}>
        {({ items }) => (
          <View className="stack stack--3">
            {items.length === 0 && <View className="t-muted">还没有录入纸质委托书。</View>}
            {items.map((item) => (
              <Row key={item.id} meeting={meeting} mandate={item} />
            ))}
            <MorePages more={mandates.more} />
            {open && (
              <Button
                size="small"
                kind="plain"
                onTap={() => {
                  setEntering(true);
                }}
              >
                录入一份委托书
              </Button>
            )}
            {entering && (
              <Enter
                meeting={meeting}
                onClose={() => {
                  setEntering(false);
                }}
              />
            )}
          </View>
        )}
      </PageContent>
    </Card>
  );
}

function Row({ meeting, mandate }: Props & { readonly mandate: DeskMandate }) {
  const { units, owner, agent, state, ended, enteredBy, confirmedBy, scan } = mandate;
  const word =
    ended !== null ? MANDATE_END_LABELS[ended.reason] : state === 'PENDING' ? '待另一人复核' : '有效';
  return (
    <View className="stack stack--2">
      <View className="row row--between row--top">
        <View className="grow">
          <View className="t-strong">{units}</View>
          <View>{`${owner} 委托 ${agent}`}</View>
          <View className="t-second t-muted">{`${enteredBy ?? ''}录入${confirmedBy === null ? '' : `，${confirmedBy}复核`}`}</View>
        </View>
        <Chip tone={ended !== null ? 'plain' : state === 'PENDING' ? 'urgent' : 'good'}>{word}</Chip>
      </View>
      {scan !== null && <Attachments files={[scan]} />}
      {mandate.canReview && <Review meeting={meeting} mandate={mandate} />}
    </View>
  );
}

function Review({ meeting, mandate }: Props & { readonly mandate: DeskMandate }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const review = useAction(
    (_key, approve: boolean) => mandateActions(estateId, meeting.id).review(mandate.id, approve),
    {
      onDone: ({ state }) => {
        toast(state === 'ACTIVE' ? '委托已生效' : '已退回', 'good');
      },
    },
  );
  return (
    <View className="row row--wrap gap-3">
      <Button size="small" busy={review.busy} onTap={() => review.run(true)}>
        与扫描件一致，通过
      </Button>
      <Button size="small" kind="plain" busy={review.busy} onTap={() => review.run(false)}>
        不通过
      </Button>
      {review.error !== null && <View className="t-bad">{review.error.message}</View>}
    </View>
  );
}

interface Form {
  /** "principalId ownerId". */
  readonly chosen: string | null;
  readonly phone: string;
  readonly scans: readonly FileRef[];
}

function Enter({ meeting, onClose }: Props & { readonly onClose: () => void }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [form, setForm] = useState<Form>({ chosen: null, phone: '', scans: [] });
  const merge = (part: Partial<Form>) => {
    setForm((known) => ({ ...known, ...part }));
  };
  const { chosen, phone, scans } = form;
  const [principalId = '', ownerId = ''] = (chosen ?? '').split(' ');
  const [scan] = scans;
  const enter = useAction(
    () =>
      mandateActions(estateId, meeting.id).enter({
        principalId,
        ownerId,
        agentPhone: phone,
        motionIds: null,
        instructions: [],
        scanFileId: scan?.id ?? '',
      }),
    {
      onDone: () => {
        toast('已录入，等另一人复核', 'good');
        onClose();
      },
    },
  );
  return (
    <Sheet open title="录入纸质委托书" onClose={onClose}>
      <View className="stack stack--3">
        <Owner meeting={meeting} chosen={chosen} onChoose={(owner) => merge({ chosen: owner })} />
        <Agent phone={phone} scans={scans} merge={merge} />
        {enter.error !== null && <View className="t-bad">{enter.error.message}</View>}
        <Button
          block
          disabled={chosen === null || !PHONE.test(phone) || scan === undefined}
          busy={enter.busy}
          onTap={() => enter.run()}
        >
          录入
        </Button>
      </View>
    </Sheet>
  );
}

interface OwnerProps extends Props {
  readonly chosen: string | null;
  readonly onChoose: (owner: string | null) => void;
}

/** Found by the home, as the frozen roll has it. */
function Owner({ meeting, chosen, onChoose }: OwnerProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [unit, setUnit] = useState('');
  const [found, setFound] = useState<readonly DeskPrincipal[]>([]);
  const search = useAction(() => mandateActions(estateId, meeting.id).principals(unit), {
    onDone: (principals) => {
      setFound(principals);
      onChoose(null);
    },
  });
  const owners = found.flatMap(({ principalId, label, owners: names }) =>
    names.map(({ ownerId, name }) => ({ value: `${principalId} ${ownerId}`, label: `${label} · ${name}` })),
  );
  return (
    <>
      <Field label="哪一户" hint="例如 1单元 501" error={search.error?.message}>
        <View className="row">
          <View className="grow">
            <TextInput value={unit} maxLength={40} onChange={setUnit} onEnter={() => search.run()} />
          </View>
          <Button
            size="small"
            kind="plain"
            busy={search.busy}
            disabled={unit.trim() === ''}
            onTap={() => search.run()}
          >
            查找
          </Button>
        </View>
      </Field>
      {owners.length > 0 && (
        <Field label="委托人">
          <Picker value={chosen} options={owners} onChange={onChoose} />
        </Field>
      )}
    </>
  );
}

interface AgentProps extends Pick<Form, 'phone' | 'scans'> {
  readonly merge: (part: Partial<Form>) => void;
}

function Agent({ phone, scans, merge }: AgentProps) {
  return (
    <>
      <Field label="代理人的手机号" hint="要先用这个号码登录过一次">
        <TextInput
          keyboard="phone"
          value={phone}
          maxLength={11}
          onChange={(text) => merge({ phone: text })}
        />
      </Field>
      <Field label="委托书扫描件" hint="业主签名的原件">
        <AttachmentPicker
          purpose="MATERIAL"
          files={scans}
          limit={1}
          onAdd={(file) => merge({ scans: [file] })}
          onRemove={() => merge({ scans: [] })}
        />
      </Field>
    </>
  );
}
