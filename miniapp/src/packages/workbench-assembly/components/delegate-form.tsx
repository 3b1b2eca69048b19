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
  const estateId = useSession((state) => state.estateId) ?? '';
  const [phone, setPhone] = useState('');
  const [letters, setLetters] = useState<readonly FileRef[]>([]);
  const [asking, setAsking] = useState(false);
  const [letter] = letters;
  const register = useAction(
    () =>
      registerDelegate(estateId, meeting.assemblyId, {
        principalId: vote.principalId,
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
  const valid = PHONE.test(phone);
  return (
    <>
      <Sheet open={!asking} title="登记建设单位代表" onClose={onClose}>
        <View className="stack stack--3">
          <View>{`${vote.developer} · ${meeting.title}`}</View>
          <Field
            label="代表的手机号"
            hint="本人要先用这个号码登录过一次"
            error={phone.length >= 11 && !valid ? '请填写 11 位手机号' : undefined}
          >
            <TextInput keyboard="phone" value={phone} maxLength={11} onChange={setPhone} />
          </Field>
          <Field label="授权委托书" hint="盖公章的原件，拍照或上传 PDF">
            <AttachmentPicker
              purpose="MATERIAL"
              files={letters}
              limit={1}
              onAdd={(file) => {
                setLetters([file]);
              }}
              onRemove={() => {
                setLetters([]);
              }}
            />
          </Field>
          <Button
            block
            disabled={!valid || letter === undefined}
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
        sentence={`手机号 ${spaced(phone)} 的人将代表${vote.developer}，在“${meeting.title}”投 1 票：${vote.units} 套、${formatSqm(vote.counts.areaCentiSqm)}。${vote.delegate === null ? '' : `原来登记的 ${vote.delegate} 不再投票。`}`}
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

/** 139 0000 0801, as one reads a number aloud. */
function spaced(phone: string): string {
  return `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`;
}
