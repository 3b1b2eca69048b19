import { View } from '@tarojs/components';
import { ELECTION_LIMITS, type ElectionOptions } from '@linli/shared/assembly';
import { addDays, endOfDay, shanghaiDate } from '@linli/shared/kernel';
import { Button, Choices, DatePicker, Field, PageContent, TextArea, TextInput, useNow } from '@/components';
import { navigate } from '@/navigate';
import { type ApiError, useAction } from '@/request';
import { type DraftHandle, useDraft, useSession } from '@/stores';
import { electionDeskActions, useElectionOptions } from '../election-api';

interface Form {
  readonly kind: 'GENERAL' | 'BY_ELECTION';
  readonly seats: string;
  readonly years: string;
  readonly startsOn: string | null;
  readonly nominationsUntil: string | null;
  readonly objectionsUntil: string | null;
  readonly conditions: string;
}

const NAME = 'election/new';

/** 启动选举: how many, for how long, who may stand, and until when. */
export function StartElection({ onDone }: { readonly onDone: () => void }) {
  const options = useElectionOptions();
  return (
    <PageContent resource={options}>
      {(known) => <ElectionForm options={known} onDone={onDone} />}
    </PageContent>
  );
}

interface FormProps {
  readonly form: DraftHandle<Form>;
  readonly options: ElectionOptions;
  readonly error: ApiError | null;
}

function ElectionForm({
  options,
  onDone,
}: {
  readonly options: ElectionOptions;
  readonly onDone: () => void;
}) {
  const today = shanghaiDate(useNow());
  const form = useDraft<Form>(NAME, {
    kind: 'GENERAL',
    seats: String(options.bounds.min),
    years: String(options.termYears.max),
    startsOn: addDays(today, 60),
    nominationsUntil: addDays(today, 10),
    objectionsUntil: addDays(today, 17),
    conditions: '本小区业主，遵守管理规约，有时间和热心为大家服务。',
  });
  const start = useStart(form, today, onDone);
  return (
    <View className="stack stack--3">
      <Choices
        label="选什么"
        value={form.value.kind}
        options={[
          { value: 'GENERAL', label: '换届或首次选举' },
          { value: 'BY_ELECTION', label: '补选空缺' },
        ]}
        onChange={(kind) => {
          form.merge({ kind });
        }}
      />
      <Seats form={form} options={options} error={start.error} />
      <Dates form={form} today={today} error={start.error} />
      <Field label="候选人条件" hint={options.advice ?? undefined} error={start.error?.field('conditions')}>
        <TextArea
          value={form.value.conditions}
          rows={3}
          maxLength={ELECTION_LIMITS.conditionsLength.max}
          onChange={(conditions) => {
            form.merge({ conditions });
          }}
        />
      </Field>
      {start.error !== null && <View className="t-bad">{start.error.message}</View>}
      <Button block busy={start.busy} busyText="正在启动" onTap={() => start.run()}>
        启动并通知业主
      </Button>
    </View>
  );
}

function useStart(form: DraftHandle<Form>, today: string, onDone: () => void) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const { kind, seats, years, startsOn, nominationsUntil, objectionsUntil, conditions } = form.value;
  return useAction(
    (key) =>
      electionDeskActions(estateId).start(key, {
        kind,
        seats: Number(seats),
        termYears: Number(years),
        startsOn: startsOn ?? '',
        conditions: conditions.trim(),
        nominationsUntil: endOfDay(nominationsUntil ?? today),
        objectionsUntil: endOfDay(objectionsUntil ?? today),
      }),
    {
      name: NAME,
      onDone: ({ id }) => {
        form.discard();
        onDone();
        navigate('electionDesk', { electionId: id });
      },
    },
  );
}

function Seats({ form, options, error }: FormProps) {
  const { kind, seats, years } = form.value;
  return (
    <>
      <Field
        label={kind === 'GENERAL' ? '委员人数' : '补选几名'}
        hint={boundsWords(options)}
        error={error?.field('seats')}
      >
        <TextInput
          value={seats}
          keyboard="number"
          maxLength={2}
          onChange={(value) => {
            form.merge({ seats: value });
          }}
        />
      </Field>
      <Field label="任期几年" error={error?.field('termYears')}>
        <TextInput
          value={years}
          keyboard="number"
          maxLength={1}
          onChange={(value) => {
            form.merge({ years: value });
          }}
        />
      </Field>
    </>
  );
}

function Dates({ form, today, error }: Omit<FormProps, 'options'> & { readonly today: string }) {
  const fields = [
    ['startsOn', '任期从'],
    ['nominationsUntil', '提名截止（当天 24:00）'],
    ['objectionsUntil', '候选人异议截止（当天 24:00）'],
  ] as const;
  return (
    <>
      {fields.map(([key, label]) => (
        <Field key={key} label={label} error={error?.field(key)}>
          <DatePicker
            value={form.value[key]}
            from={today}
            onChange={(date) => {
              form.merge({ [key]: date });
            }}
          />
        </Field>
      ))}
    </>
  );
}

function boundsWords({ bounds: { min, max, odd, small }, differential }: ElectionOptions): string {
  const range = max === null ? `至少 ${min} 名` : `${min} 到 ${max} 名`;
  return `全体委员 ${range}${odd ? '，单数' : ''}${small ? '（小规模小区）' : ''}${differential ? '；候选人要多于名额' : ''}`;
}
