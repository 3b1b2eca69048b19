import { View } from '@tarojs/components';
import {
  MATTERS,
  type MatterNumber,
  PETITION_KIND_LABELS,
  PETITION_KINDS,
  PETITION_LIMITS,
  type PetitionKind,
  type PetitionOptions,
} from '@linli/shared/assembly';
import {
  Button,
  Card,
  Check,
  Choices,
  Field,
  PageShell,
  Picker,
  SkeletonCard,
  TextArea,
  TextInput,
} from '@/components';
import { replace } from '@/navigate';
import { type ApiError, useAction } from '@/request';
import { type DraftHandle, useDraft, useSession } from '@/stores';
import { electionActions, usePetitionOptions } from '../../election-api';

interface Form {
  readonly kind: PetitionKind;
  readonly title: string;
  readonly text: string;
  readonly matter: MatterNumber;
  readonly membershipIds: readonly string[];
}

const NAME = 'petition/new';
const BLANK: Form = { kind: 'MEETING', title: '', text: '', matter: 9, membershipIds: [] };

/** 发起联名: what the meeting should decide, or whom it should recall. */
export default function PetitionNewPage() {
  const options = usePetitionOptions();
  return (
    <PageShell
      route="petitionNew"
      resource={options}
      skeleton={<SkeletonCard lines={6} />}
      kept="您写的内容还在这台设备上"
    >
      {(known) => <PetitionForm options={known} />}
    </PageShell>
  );
}

function PetitionForm({ options }: { readonly options: PetitionOptions }) {
  const form = useDraft<Form>(NAME, BLANK);
  const { kind } = form.value;
  const start = useStart(form);
  const needed = kind === 'RECALL' ? options.recall : options.meeting;
  return (
    <View className="stack stack--4">
      <Card tone="brand">
        {`共要 ${needed.heads.needed} 户签名，征集 ${options.signingDays} 天。人数够了，业委会要在 ${options.conveneDays} 天内发出会议通知；逾期由街道召集。`}
      </Card>
      <Choices
        label="要求什么"
        value={kind}
        options={PETITION_KINDS.map((value) => ({ value, label: PETITION_KIND_LABELS[value] }))}
        onChange={(value) => {
          form.merge({ kind: value });
        }}
      />
      {kind === 'RECALL' ? <Members options={options} form={form} /> : <Matter form={form} />}
      <Words form={form} error={start.error} />
      {start.error !== null && <View className="t-bad">{start.error.message}</View>}
      <Button
        block
        disabled={!isReady(form.value)}
        busy={start.busy}
        busyText="正在提交"
        onTap={() => start.run()}
      >
        发起并签名
      </Button>
    </View>
  );
}

function isReady({ kind, title, text, membershipIds }: Form): boolean {
  const { titleLength, textLength } = PETITION_LIMITS;
  return (
    title.trim().length >= titleLength.min &&
    text.trim().length >= textLength.min &&
    (kind === 'MEETING' || membershipIds.length > 0)
  );
}

function useStart(form: DraftHandle<Form>) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { kind, title, text, matter, membershipIds } = form.value;
  return useAction(
    (key) =>
      electionActions(estateId).start(key, {
        kind,
        title: title.trim(),
        text: text.trim(),
        matter,
        membershipIds: kind === 'RECALL' ? membershipIds : [],
      }),
    {
      name: NAME,
      onDone: ({ id }) => {
        form.discard();
        replace('petition', { petitionId: id });
      },
    },
  );
}

function Matter({ form }: { readonly form: DraftHandle<Form> }) {
  return (
    <Field label="属于哪一类事项">
      <Picker
        value={String(form.value.matter)}
        options={MATTERS.map(({ number, text }) => ({ value: String(number), label: text }))}
        onChange={(value) => {
          form.merge({ matter: Number(value) as MatterNumber });
        }}
      />
    </Field>
  );
}

function Words({ form, error }: { readonly form: DraftHandle<Form>; readonly error: ApiError | null }) {
  const { titleLength, textLength } = PETITION_LIMITS;
  return (
    <>
      <Field label="标题" error={error?.field('title')}>
        <TextInput
          value={form.value.title}
          maxLength={titleLength.max}
          placeholder="例如：要求公布电梯维修账目"
          onChange={(title) => {
            form.merge({ title });
          }}
        />
      </Field>
      <Field label="要求和理由" error={error?.field('text')}>
        <TextArea
          value={form.value.text}
          rows={4}
          maxLength={textLength.max}
          placeholder="请大家决定什么，为什么"
          onChange={(text) => {
            form.merge({ text });
          }}
        />
      </Field>
    </>
  );
}

function Members({ options, form }: { readonly options: PetitionOptions; readonly form: DraftHandle<Form> }) {
  const { membershipIds } = form.value;
  if (options.members.length === 0) return <View className="t-muted">现在没有在任的业委会成员。</View>;
  return (
    <Card title="提议罢免谁">
      <View className="stack stack--2">
        {options.members.map(({ membershipId, name, role }) => (
          <Check
            key={membershipId}
            label={`${role} ${name}`}
            on={membershipIds.includes(membershipId)}
            onChange={(on) => {
              const others = membershipIds.filter((id) => id !== membershipId);
              form.merge({ membershipIds: on ? [...others, membershipId] : others });
            }}
          >
            {`${role} ${name}`}
          </Check>
        ))}
      </View>
    </Card>
  );
}
