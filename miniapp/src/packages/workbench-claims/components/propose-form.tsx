import { View } from '@tarojs/components';
import {
  ROLE_NAMES,
  ROLES_OF_ORGANISATION,
  type EstateMembership,
  type MembershipRole,
} from '@linli/shared/identity';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, DatePicker, Field, Picker, TextInput, useNow } from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { proposeOffice } from '../api';

const TERM_DAYS = 3 * 365;

/** Which roles an organisation gives is told by the offices that it has: every kind has its own. */
function rolesLike(role: MembershipRole): readonly MembershipRole[] {
  return Object.values(ROLES_OF_ORGANISATION).find((roles) => roles.includes(role)) ?? [];
}

export function ProposeForm({
  estateId,
  offices,
  onDone,
}: {
  readonly estateId: string;
  readonly offices: readonly EstateMembership[];
  readonly onDone: () => void;
}) {
  const today = shanghaiDate(useNow());
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [role, setRole] = useState<MembershipRole | null>(null);
  const [phone, setPhone] = useState('');
  const [startsOn, setStartsOn] = useState(today);
  const [endsOn, setEndsOn] = useState(addDays(today, TERM_DAYS));
  const organisations = new Map(
    offices.filter(({ mayPropose }) => mayPropose).map((office) => [office.organisationId, office]),
  );
  const chosen = organisationId === null ? undefined : organisations.get(organisationId);
  const propose = useAction(
    async (key) => {
      if (organisationId === null || role === null)
        throw new Error('The form was sent before it was complete');
      await proposeOffice(key, estateId, { organisationId, role, phone, startsOn, endsOn });
    },
    { onDone },
  );
  const fault = (path: string) => propose.error?.fields.find((field) => field.path === path)?.message;
  return (
    <View className="stack stack--4">
      <Field label="单位">
        <Picker
          value={organisationId}
          options={Array.from(organisations.values(), (office) => ({
            value: office.organisationId,
            label: office.organisationName,
          }))}
          onChange={(id) => {
            setOrganisationId(id);
            setRole(null);
          }}
        />
      </Field>
      {chosen !== undefined && (
        <Field label="职务" error={fault('role')}>
          <Picker
            value={role}
            options={rolesLike(chosen.role).map((value) => ({ value, label: ROLE_NAMES[value] }))}
            onChange={setRole}
          />
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
