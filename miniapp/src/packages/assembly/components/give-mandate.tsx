import { View } from '@tarojs/components';
import {
  type AssemblyDetail,
  CHOICE_LABELS,
  type Choice,
  CHOICES,
  type MotionDetail,
  type MyPrincipal,
  type ProxyOptions,
} from '@linli/shared/assembly';
import { useState } from 'react';
import { Button, Field, PageContent, Picker, Sheet, TextInput } from '@/components';
import { spoken } from '@/platform';
import { type Action, useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { assemblyActions, useProxyOptions } from '../api';
import { votable } from '../model';
import { AdvisoryBanner } from './banner';

const PHONE = /^1[3-9]\d{9}$/;
const CODE = /^\d{6}$/;
const BY_AGENT = 'AGENT';
type Said = Choice | typeof BY_AGENT;
type Wishes = Readonly<Record<string, Said>>;

interface Props {
  readonly assembly: AssemblyDetail;
  readonly principal: MyPrincipal;
  readonly onClose: () => void;
}

/** 委托别人投票: who, what to say on each motion, and a code to one's own phone as the signature. */
export function GiveMandate({ assembly, principal, onClose }: Props) {
  const options = useProxyOptions(assembly.id);
  return (
    <Sheet open title="委托别人投票" onClose={onClose}>
      <PageContent resource={options}>
        {(known) => <Form assembly={assembly} principal={principal} onClose={onClose} options={known} />}
      </PageContent>
    </Sheet>
  );
}

function Form({ assembly, principal, onClose, options }: Props & { readonly options: ProxyOptions }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const motions = votable(assembly.motions, principal);
  const [agentPhone, setAgentPhone] = useState('');
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<Wishes>({});
  const actions = assemblyActions(estateId, assembly.id);
  const [demoCode, setDemoCode] = useState<string | null>(null);
  const send = useAction(() => actions.sendMandateCode(), {
    onDone: (sent) => {
      setDemoCode(sent.demoCode ?? null);
      if (sent.demoCode === undefined) toast(`验证码已发到 ${options.codeTo ?? ''}`, 'good');
    },
  });
  const grant = useAction(
    () =>
      actions.grantMandate({
        principalId: principal.principalId,
        agentPhone,
        motionIds: null,
        instructions: motions.flatMap(({ id }) => {
          const choice = said[id] ?? BY_AGENT;
          return choice === BY_AGENT ? [] : [{ motionId: id, choice }];
        }),
        code,
      }),
    {
      onDone: () => {
        toast('委托已生效，已告诉代理人', 'good');
        onClose();
      },
    },
  );
  const ready = PHONE.test(agentPhone) && CODE.test(code) && saysEnough(motions, said, options);
  if (options.codeTo === null) return <OnPaper />;
  return (
    <View className="stack stack--3">
      <Terms options={options} />
      <Field label="代理人的手机号" hint="对方要先用这个号码登录过一次">
        <TextInput keyboard="phone" value={agentPhone} maxLength={11} onChange={setAgentPhone} />
      </Field>
      <Wishes motions={motions} said={said} options={options} onChange={setSaid} />
      <CodeField options={options} code={code} onChange={setCode} send={send} />
      <AdvisoryBanner text={demoCode === null ? null : `演示环境不发短信，这次的验证码是 ${demoCode}`} />
      {(grant.error ?? send.error) !== null && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {(grant.error ?? send.error)?.message}
        </View>
      )}
      <Button block disabled={!ready} busy={grant.busy} onTap={() => grant.run()}>
        确认委托
      </Button>
    </View>
  );
}

function OnPaper() {
  return (
    <View>
      您的账号现在收不到验证码，请改用纸质委托书：签名后交给业委会或社区，由两位工作人员录入和复核。
    </View>
  );
}

function Terms({ options: { cap } }: { readonly options: ProxyOptions }) {
  const most = cap === null ? '' : `，每人最多代理 ${cap} 位业主`;
  return (
    <View className="t-second t-muted">
      {`只对这次会议有效，截止前随时可以撤销；您自己投了，就以您投的为准。物业企业的工作人员不能代投${most}。`}
    </View>
  );
}

interface WishesProps {
  readonly motions: readonly MotionDetail[];
  readonly said: Wishes;
  readonly options: ProxyOptions;
  readonly onChange: (said: Wishes) => void;
}

/** What the agent is to say, motion by motion. */
function Wishes({ motions, said, options, onChange }: WishesProps) {
  return (
    <>
      {motions.map((motion) => (
        <Field key={motion.id} label={`${motion.position}. ${motion.title}`}>
          <Picker
            value={said[motion.id] ?? (options.powers === 'FREE' ? BY_AGENT : null)}
            options={choicesOf(options)}
            onChange={(choice: Said) => {
              onChange({ ...said, [motion.id]: choice });
            }}
          />
        </Field>
      ))}
    </>
  );
}

interface CodeProps {
  readonly options: ProxyOptions;
  readonly code: string;
  readonly onChange: (code: string) => void;
  readonly send: Action<[]>;
}

/** The signature: a code to one's own phone. */
function CodeField({ options, code, onChange, send }: CodeProps) {
  return (
    <Field label="短信验证码" hint={`发到您自己的手机 ${options.codeTo ?? ''}，相当于签名`}>
      <View className="row gap-2">
        <View className="grow">
          <TextInput
            keyboard="number"
            autoComplete="one-time-code"
            value={code}
            maxLength={6}
            onChange={onChange}
          />
        </View>
        <Button size="small" kind="plain" busy={send.busy} onTap={() => send.run()}>
          发送验证码
        </Button>
      </View>
    </Field>
  );
}

/** Where the place wants every motion said, none is left to the agent. */
function saysEnough(motions: readonly MotionDetail[], said: Wishes, { powers }: ProxyOptions): boolean {
  return powers === 'FREE' || motions.every(({ id }) => (said[id] ?? BY_AGENT) !== BY_AGENT);
}

function choicesOf({ powers }: ProxyOptions): readonly { readonly value: Said; readonly label: string }[] {
  const stated = CHOICES.map((value) => ({ value, label: `代我投“${CHOICE_LABELS[value]}”` }));
  return powers === 'FREE' ? [{ value: BY_AGENT, label: '由代理人决定' }, ...stated] : stated;
}
