import { View } from '@tarojs/components';
import { ROLE_NAMES, type GrantingOrganisation, type MembershipRole } from '@linli/shared/identity';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, DatePicker, Field, Picker, TextInput, Toggle, useNow } from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { proposeOffice } from '../api';

const TERM_DAYS = 3 * 365;

export function ProposeForm({
  estateId,
  organisations,
  onDone,
}: {
  readonly estateId: string;
  readonly organisations: readonly GrantingOrganisation[];
  readonly onDone: () => void;
}) {
  const today = shanghaiDate(useNow());
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [role, setRole] = useState<MembershipRole | null>(null);
  const [phone, setPhone] = useState('');
  const [startsOn, setStartsOn] = useState(today);
  const [endsOn, setEndsOn] = useState(addDays(today, TERM_DAYS));
  const [wholeArea, setWholeArea] = useState(false);
  const chosen = organisations.find(({ id }) => id === organisationId);
  const propose = useAction(
    async (key) => {
      if (organisationId === null || role === null)
        throw new Error('The form was sent before it was complete');
      await proposeOffice(key, estateId, {
        organisationId,
        role,
        phone,
        startsOn,
        endsOn,
        wholeArea,
      });
    },
    { onDone },
  );
  const fault = (path: string) => propose.error?.fields.find((field) => field.path === path)?.message;
  return (
    <View className="stack stack--4">
      <Field label="单位">
        <Picker
          value={organisationId}
          options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            setOrganisationId(id);
            setRole(null);
            setWholeArea(false);
          }}
        />
      </Field>
      {chosen !== undefined && (
        <Field label="职务" error={fault('role')}>
          <Picker
            value={role}
            options={chosen.roles.map((value) => ({ value, label: ROLE_NAMES[value] }))}
            onChange={setRole}
          />
        </Field>
      )}
      {chosen?.mayReachArea === true && (
        <Field label="管这个单位服务的全部小区" hint="不打开时，只管这个小区">
          <Toggle on={wholeArea} onChange={setWholeArea} label="管全部小区" />
        </Field>
      )}
      <Field label="本人手机号" hint="本人要先登录过一次" error={fault('phone')}>
        <TextInput value={phone} keyboard="phone" maxLength={11} onChange={setPhone} />
      </Field>
      <Field label="任期从" error={fault('startsOn')}>
        <DatePicker value={startsOn} onChange={setStartsOn} />
      </Field>
      <Field label="到" error={fault('endsOn')}>
        <DatePicker value={endsOn} from={today} onChange={setEndsOn} />
      </Field>
      {propose.error !== null && propose.error.fields.length === 0 && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {propose.error.message}
        </View>
      )}
      <Button
        block
        busy={propose.busy}
        disabled={role === null || phone.length !== 11}
        onTap={() => propose.run()}
      >
        提名，等另一个人确认
      </Button>
    </View>
  );
}
