import { View } from '@tarojs/components';
import { ROLE_NAMES, type GrantingOrganisation, type MembershipRole } from '@linli/shared/identity';
import { type CalendarDate, addDays, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, DatePicker, Field, Picker, TextInput, Toggle, useNow } from '@/components';
import { spoken } from '@/platform';
import { useAction } from '@/request';
import { proposeOffice } from '../api';

const TERM_DAYS = 3 * 365;

/** An office while it is being proposed. */
interface Proposal {
  readonly organisationId: string | null;
  readonly role: MembershipRole | null;
  readonly wholeArea: boolean;
  readonly phone: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
}

export interface ProposeFormProps {
  readonly estateId: string;
  readonly organisations: readonly GrantingOrganisation[];
  readonly onDone: () => void;
}

export function ProposeForm({ estateId, organisations, onDone }: ProposeFormProps) {
  const today = shanghaiDate(useNow());
  const [value, setValue] = useState<Proposal>({
    organisationId: null,
    role: null,
    wholeArea: false,
    phone: '',
    startsOn: today,
    endsOn: addDays(today, TERM_DAYS),
  });
  const propose = useAction(
    async (key) => {
      const { organisationId, role, ...rest } = value;
      if (organisationId === null || role === null)
        throw new Error('The form was sent before it was complete');
      await proposeOffice(key, estateId, { organisationId, role, ...rest });
    },
    { onDone },
  );
  const part: PartProps = {
    value,
    merge: (changed) => {
      setValue((now) => ({ ...now, ...changed }));
    },
    fault: (path) => propose.error?.fields.find((field) => field.path === path)?.message,
  };
  return (
    <View className="stack stack--4">
      <Office {...part} organisations={organisations} />
      <Holder {...part} today={today} />
      {propose.error !== null && propose.error.fields.length === 0 && (
        <View className="t-bad" {...spoken({ role: 'alert' })}>
          {propose.error.message}
        </View>
      )}
      <Button
        block
        busy={propose.busy}
        disabled={value.role === null || value.phone.length !== 11}
        onTap={() => propose.run()}
      >
        提名，等另一个人确认
      </Button>
    </View>
  );
}

interface PartProps {
  readonly value: Proposal;
  readonly merge: (part: Partial<Proposal>) => void;
  /** What the server said about a field. */
  readonly fault: (path: string) => string | undefined;
}

function Office({
  value: { organisationId, role, wholeArea },
  merge,
  fault,
  organisations,
}: PartProps & Pick<ProposeFormProps, 'organisations'>) {
  const chosen = organisations.find(({ id }) => id === organisationId);
  return (
    <>
      <Field label="单位">
        <Picker
          value={organisationId}
          options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            merge({ organisationId: id, role: null, wholeArea: false });
          }}
        />
      </Field>
      {chosen !== undefined && (
        <Field label="职务" error={fault('role')}>
          <Picker
            value={role}
            options={chosen.roles.map((each) => ({ value: each, label: ROLE_NAMES[each] }))}
            onChange={(picked) => merge({ role: picked })}
          />
        </Field>
      )}
      {chosen?.mayReachArea === true && (
        <Field label="管这个单位服务的全部小区" hint="不打开时，只管这个小区">
          <Toggle on={wholeArea} onChange={(on) => merge({ wholeArea: on })} label="管全部小区" />
        </Field>
      )}
    </>
  );
}

function Holder({
  value: { phone, startsOn, endsOn },
  merge,
  fault,
  today,
}: PartProps & { readonly today: CalendarDate }) {
  return (
    <>
      <Field label="本人手机号" hint="本人要先登录过一次" error={fault('phone')}>
        <TextInput
          value={phone}
          keyboard="phone"
          maxLength={11}
          onChange={(text) => merge({ phone: text })}
        />
      </Field>
      <Field label="任期从" error={fault('startsOn')}>
        <DatePicker value={startsOn} onChange={(date) => merge({ startsOn: date })} />
      </Field>
      <Field label="到" error={fault('endsOn')}>
        <DatePicker value={endsOn} from={today} onChange={(date) => merge({ endsOn: date })} />
      </Field>
    </>
  );
}
