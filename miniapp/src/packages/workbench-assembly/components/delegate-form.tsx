import { View } from '@tarojs/components';
import type { DeveloperMeeting, DeveloperVote } from '@linli/shared/assembly';
import type { FileRef } from '@linli/shared/files';
import { formatSqm } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, ConfirmSheet, Field, Sheet, TextInput } from '@/components';
import { AttachmentPicker } from '@/components/staff';
import { useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { registerDelegate } from '../api';

const PHONE = /^1[3-9]\d{9}$/;

interface Props {
  readonly meeting: DeveloperMeeting;
  readonly vote: DeveloperVote;
  readonly onClose: () => void;
}

/** The letter and whose account it names; what was said is read back before it counts. */
export function DelegateForm({ meeting, vote, onClose }: Props) {
  const [phone, setPhone] = useState('');
  const [letter, setLetter] = useState<FileRef | null>(null);
  const [asking, setAsking] = useState(false);
  const register = useRegister({ meeting, vote, onClose }, phone, letter);
  return (
    <>
      <Sheet open={!asking} title="登记建设单位代表" onClose={onClose}>
        <View className="stack stack--3">
          <View>{`${vote.developer} · ${meeting.title}`}</View>
          <PhoneField phone={phone} onChange={setPhone} />
          <LetterField letter={letter} onChange={setLetter} />
          <Button
            block
            disabled={!PHONE.test(phone) || letter === null}
            onTap={() => {
              setAsking(true);
            }}
          >
            核对登记
          </Button>
        </View>
      </Sheet>
      <ConfirmSheet
        open={asking}
        title="请核对"
        sentence={sentenceOf(meeting, vote, phone)}
        doLabel="登记"
        safeLabel="再看看"
        busy={register.busy}
        error={register.error?.message}
        onConfirm={() => register.run()}
        onClose={() => {
          setAsking(false);
          register.clearError();
        }}
      >
        <View className="t-second t-muted">{`委托书：${letter?.name ?? ''}`}</View>
      </ConfirmSheet>
    </>
  );
}

function PhoneField({
  phone,
  onChange,
}: {
  readonly phone: string;
  readonly onChange: (phone: string) => void;
}) {
  return (
    <Field
      label="代表的手机号"
      hint="本人要先用这个号码登录过一次"
      error={phone.length >= 11 && !PHONE.test(phone) ? '请填写 11 位手机号' : undefined}
    >
      <TextInput keyboard="phone" value={phone} maxLength={11} onChange={onChange} />
    </Field>
  );
}

function LetterField({
  letter,
  onChange,
}: {
  readonly letter: FileRef | null;
  readonly onChange: (letter: FileRef | null) => void;
}) {
  return (
    <Field label="授权委托书" hint="盖公章的原件，拍照或上传 PDF">
      <AttachmentPicker
        purpose="MATERIAL"
        files={letter === null ? [] : [letter]}
        limit={1}
        onAdd={onChange}
        onRemove={() => {
          onChange(null);
        }}
      />
    </Field>
  );
}

function useRegister({ meeting, vote, onClose }: Props, phone: string, letter: FileRef | null) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { principalId } = vote;
  return useAction(
    () =>
      registerDelegate(estateId, meeting.assemblyId, {
        principalId,
        phone,
        letterFileId: letter?.id ?? null,
      }),
    {
      onDone: () => {
        toast('已登记，已经告诉本人', 'good');
        onClose();
      },
    },
  );
}

function sentenceOf(meeting: DeveloperMeeting, vote: DeveloperVote, phone: string): string {
  const { developer, units, counts, delegate } = vote;
  const before = delegate === null ? '' : `原来登记的 ${delegate} 不再投票。`;
  return `手机号 ${spaced(phone)} 的人将代表${developer}，在“${meeting.title}”投 1 票：${units} 套、${formatSqm(counts.areaCentiSqm)}。${before}`;
}

/** 139 0000 0801, as one reads a number aloud. */
function spaced(phone: string): string {
  return `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`;
}
