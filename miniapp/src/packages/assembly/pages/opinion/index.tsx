import { View } from '@tarojs/components';
import { ASSEMBLY_LIMITS, type OpinionStance, type OpinionSummary } from '@linli/shared/assembly';
import { Button, Card, Choices, Field, PageShell, SkeletonCard, StateBlock, TextArea } from '@/components';
import { goBack, useRouteParams } from '@/navigate';
import { spoken } from '@/platform';
import { bothResources, useAction } from '@/request';
import { type DraftHandle, toast, useDraft, useSession } from '@/stores';
import { assemblyActions, useAssembly, useOpinions } from '../../api';
import { LogAlarm } from '../../components/log-alarm';

const STANCES: readonly { readonly value: OpinionStance; readonly label: string }[] = [
  { value: 'AGREE', label: '赞成' },
  { value: 'CHANGE', label: '建议修改' },
  { value: 'DISAGREE', label: '不赞成' },
];

interface Form {
  readonly stance: OpinionStance | null;
  readonly text: string;
}

/** 会前意见: not a vote; the convener reads it before the motion is final. */
export default function AssemblyOpinionPage() {
  const { assemblyId, motionId } = useRouteParams('assemblyOpinion');
  const both = bothResources(useAssembly(assemblyId), useOpinions(assemblyId ?? null));
  return (
    <PageShell
      route="assemblyOpinion"
      resource={both}
      skeleton={<SkeletonCard lines={5} />}
      kept="您写的内容还在这台设备上"
    >
      {([assembly, opinions]) => {
        const motion = assembly.motions.find(({ id }) => id === motionId);
        const opinion = opinions.find((each) => each.motionId === motionId);
        if (motion === undefined || opinion === undefined)
          return (
            <StateBlock
              icon="empty"
              title="没有找到这项议题"
              next={{ label: '返回', onTap: () => goBack() }}
            />
          );
        return (
          <View className="stack stack--4">
            <LogAlarm assemblyId={assembly.id} />
            <Card>
              <View className="stack stack--2">
                <View className="t-title">{motion.title}</View>
                <View>{motion.text}</View>
              </View>
            </Card>
            <View className="t-second t-muted">{countsOf(opinion)}</View>
            <OpinionForm key={motion.id} assemblyId={assembly.id} opinion={opinion} />
          </View>
        );
      }}
    </PageShell>
  );
}

function countsOf({ counts }: OpinionSummary): string {
  return `目前 ${STANCES.map(({ value, label }) => `${label} ${counts[value]} 人`).join('，')}。这不是投票，正式表决时再投。`;
}

interface OpinionFormProps {
  readonly assemblyId: string;
  readonly opinion: OpinionSummary;
}

function OpinionForm({ assemblyId, opinion }: OpinionFormProps) {
  const form = useDraft<Form>(`opinion/${opinion.motionId}`, {
    stance: opinion.mine?.stance ?? null,
    text: opinion.mine?.text ?? '',
  });
  const { stance, text } = form.value;
  const send = useOpine(assemblyId, opinion.motionId, form);
  return (
    <View className="stack stack--4">
      <Choices
        label="您的看法"
        value={stance}
        options={STANCES}
        onChange={(value) => {
          form.merge({ stance: value });
        }}
      />
      <Field label="您的意见" error={send.error?.field('text')} hint="业委会能看到内容，看不到您的全名">
        <TextArea
          value={text}
          maxLength={ASSEMBLY_LIMITS.opinionLength.max}
          onChange={(value) => {
            form.merge({ text: value });
          }}
        />
      </Field>
      {send.error !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {send.error.message}
        </View>
      )}
      <Button
        block
        disabled={stance === null || text.trim().length < ASSEMBLY_LIMITS.opinionLength.min}
        busy={send.busy}
        busyText="正在提交"
        onTap={() => (stance === null ? undefined : send.run(stance))}
      >
        {opinion.mine === null ? '提交意见' : '修改我的意见'}
      </Button>
    </View>
  );
}

function useOpine(assemblyId: string, motionId: string, form: DraftHandle<Form>) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const text = form.value.text.trim();
  return useAction(
    (_key, stance: OpinionStance) => assemblyActions(estateId, assemblyId).opine({ motionId, stance, text }),
    {
      onDone: () => {
        form.discard();
        toast('您的意见已经收到', 'good');
        goBack('assembly');
      },
    },
  );
}
