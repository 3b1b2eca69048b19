import { View } from '@tarojs/components';
import { type LogWitness, WITNESS_KIND_LABELS } from '@linli/shared/ballot-log';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, ConfirmSheet, Empty, Fact, useNow } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { copyText } from '@/platform';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { useLogWitnesses, witnessActions } from '../../api';
import { WitnessForm } from '../../components/witness-form';

/** 见证方: who outside the committee watches the records of votes, named by 社区 or 街道. */
export default function LogWitnessesDeskPage() {
  const witnesses = useLogWitnesses();
  const [open, setOpen] = useState(false);
  return (
    <WorkbenchShell route="logWitnessesDesk" active="log-witnesses" title="表决见证" resource={witnesses}>
      {(known) => (
        <View className="stack stack--4">
          <View>
            见证方用自己的电脑看住表决记录：记录只能往后加，改过、少了就不签字。由社区或街道登记，业委会和物业不能登记；签字的钥匙只在见证方的电脑上，本平台没有。
          </View>
          <View className="row">
            <Button
              icon="plus"
              onTap={() => {
                setOpen(true);
              }}
            >
              登记见证方
            </Button>
          </View>
          {known.length === 0 && (
            <Empty
              title="还没有见证方"
              text="请监票人或社区在自己的电脑上运行见证程序（npm run -s witness -- new 名称 --secret 文件），把它显示的那一行公钥发来登记。最好有两个，互不隶属。"
            />
          )}
          {known.map((witness) => (
            <Witness key={witness.id} witness={witness} />
          ))}
          {open && (
            <WitnessForm
              onClose={() => {
                setOpen(false);
              }}
            />
          )}
        </View>
      )}
    </WorkbenchShell>
  );
}

function Witness({ witness }: { readonly witness: LogWitness }) {
  const { kind, label, key, registeredAt, retiredAt, address } = witness;
  const now = useNow();
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title={label}
      extra={
        <Chip tone={retiredAt === null ? 'good' : 'plain'}>{retiredAt === null ? '在见证' : '已停用'}</Chip>
      }
    >
      <View className="stack stack--2">
        <Fact label="身份">{WITNESS_KIND_LABELS[kind]}</Fact>
        <Fact label="钥匙号">{key.split('+')[1] ?? ''}</Fact>
        <Fact label="登记">{formatInstant(registeredAt, now)}</Fact>
        {retiredAt !== null && <Fact label="停用">{formatInstant(retiredAt, now)}</Fact>}
        {retiredAt === null && (
          <View className="row row--wrap gap-3">
            <Button
              kind="plain"
              icon="copy"
              label={`${label}，复制签字命令`}
              onTap={async () => {
                const command = `npm run -s witness -- sign ${address} --secret 文件`;
                toast((await copyText(command)) ? '已复制，发给见证方' : '没有复制成功，请再试一次');
              }}
            >
              复制签字命令
            </Button>
            <Button
              kind="quiet"
              label={`${label}，停用`}
              onTap={() => {
                setAsking(true);
              }}
            >
              停用
            </Button>
          </View>
        )}
      </View>
      <Retire
        witness={witness}
        open={asking}
        onClose={() => {
          setAsking(false);
        }}
      />
    </Card>
  );
}

function Retire({
  witness: { id, label },
  open,
  onClose,
}: {
  readonly witness: LogWitness;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const retire = useAction(() => witnessActions(estateId).retire(id), {
    onDone: () => {
      toast('已停用', 'good');
      onClose();
    },
  });
  return (
    <ConfirmSheet
      open={open}
      title="停用见证方"
      sentence={`“${label}”以后不能再签字，以前签过的仍然有效。停用后不能恢复，要再见证请登记新的公钥。`}
      doLabel="停用"
      safeLabel="先不停用"
      busy={retire.busy}
      error={retire.error?.message}
      onConfirm={() => retire.run()}
      onClose={() => {
        onClose();
        retire.clearError();
      }}
    />
  );
}
