import { View } from '@tarojs/components';
import { addDays, endOfDay, shanghaiDate } from '@linli/shared/kernel';
import {
  type DepartmentCode,
  type TicketCategoryCode,
  type TicketDetail,
  TICKET_CATEGORIES,
  TICKET_LIMITS,
  liveDeadline,
} from '@linli/shared/tickets';
import { useState } from 'react';
import {
  Button,
  DatePicker,
  Field,
  PhotoPicker,
  Picker,
  Sheet,
  TextArea,
  TextInput,
  type UploadedPhoto,
  useNow,
} from '@/components';
import { spoken } from '@/platform';
import { type ApiError, type Resource, photoUpload, useAction } from '@/request';
import { type DraftHandle, toast, useDraft } from '@/stores';
import { lookAgain, takeStep, useAssignees, useDepartments } from '../api';
import type { StepField, StepForm } from '../step-forms';
import { ReplyTemplates } from './reply-templates';

interface Values {
  readonly text: string;
  readonly photos: readonly UploadedPhoto[];
  readonly reason: string;
  readonly otherChannel: string;
  readonly assigneeId: string | null;
  readonly department: DepartmentCode | null;
  readonly date: string | null;
  readonly masterNumber: string;
  readonly category: TicketCategoryCode | null;
}

const EMPTY: Values = {
  text: '',
  photos: [],
  reason: '',
  otherChannel: '',
  assigneeId: null,
  department: null,
  date: null,
  masterNumber: '',
  category: null,
};

/** Asks for what the step needs, reads back what it will do, and does it. What was typed outlives a failure. */
export function StepSheet({
  ticket,
  form,
  onClose,
}: {
  readonly ticket: TicketDetail;
  readonly form: StepForm;
  readonly onClose: () => void;
}) {
  const name = `ticket-step/${form.path}/${ticket.id}`;
  const draft = useDraft<Values>(name, EMPTY);
  const [missing, setMissing] = useState<StepField | null>(null);
  const step = useAction((key) => takeStep(ticket, key, form.path, bodyOf(form, draft.value, ticket)), {
    name,
    onDone: () => {
      draft.discard();
      onClose();
      toast(`${form.label}：已完成`, 'good');
    },
    onError: (error) => {
      if (error.status === 409) lookAgain(ticket);
    },
  });
  const send = () => {
    const absent = form.fields.find((field) => !isThere(field, draft.value));
    setMissing(absent ?? null);
    return absent === undefined ? step.run() : undefined;
  };
  const message = missing === null ? step.error?.message : SAY_MISSING[missing];
  return (
    <Sheet open title={form.label} onClose={onClose}>
      <View className="stack stack--4">
        <View>{form.sentence}</View>
        {form.fields.map((field) => (
          <StepInput key={field} field={field} draft={draft} ticket={ticket} form={form} error={step.error} />
        ))}
        {message !== undefined && (
          <View className="t-bad" {...spoken({ role: 'alert' })}>
            {message}
          </View>
        )}
        <View className="sheet__buttons">
          <Button kind="plain" block disabled={step.busy} onTap={onClose}>
            先不做
          </Button>
          <Button block kind={form.danger === true ? 'danger' : 'primary'} busy={step.busy} onTap={send}>
            {form.label}
          </Button>
        </View>
      </View>
    </Sheet>
  );
}

const SAY_MISSING: Readonly<Record<StepField, string>> = {
  text: '请先写内容',
  photos: '请附上处理结果的照片',
  reason: '请写明原因',
  otherChannel: '请写明居民可以去找谁',
  assignee: '请选择派给谁',
  department: '请选择部门',
  date: '请选择日期',
  master: '请填写要合并到的投诉编号',
  category: '请选择类别',
};

function isThere(field: StepField, values: Values): boolean {
  const long = (text: string) => Array.from(text.trim()).length >= TICKET_LIMITS.reasonMin;
  switch (field) {
    case 'text':
      return long(values.text);
    case 'reason':
      return long(values.reason);
    case 'otherChannel':
      return long(values.otherChannel);
    case 'assignee':
      return values.assigneeId !== null;
    case 'department':
      return values.department !== null;
    case 'date':
      return values.date !== null;
    case 'master':
      return values.masterNumber.trim() !== '';
    case 'photos':
    case 'category':
      // Photos are asked for by the server where they must be there; the category stays where none is chosen.
      return true;
  }
}

/** Only what the form asks for is sent, and the version that was looked at. */
function bodyOf({ fields, path }: StepForm, values: Values, { version }: TicketDetail): object {
  const parts: Readonly<Record<StepField, object>> = {
    text: { text: values.text.trim() },
    photos: { photoIds: values.photos.map(({ id }) => id) },
    reason: { reason: values.reason.trim() },
    otherChannel: { otherChannel: values.otherChannel.trim() },
    assignee: { assigneeId: values.assigneeId ?? '' },
    department: { department: values.department ?? '' },
    date: { [path === 'suspend' ? 'until' : 'dueAt']: values.date === null ? 0 : endOfDay(values.date) },
    master: { masterNumber: values.masterNumber.trim() },
    category: values.category === null ? {} : { category: values.category },
  };
  return Object.assign({ version }, ...fields.map((field) => parts[field])) as object;
}

interface StepInputProps {
  readonly draft: DraftHandle<Values>;
  readonly ticket: TicketDetail;
  readonly form: StepForm;
  readonly error: ApiError | null;
}

function StepInput({ field, ...step }: StepInputProps & { readonly field: StepField }) {
  const { draft, ticket, form, error } = step;
  const { value } = draft;
  switch (field) {
    case 'text':
      return <ReplyField {...step} />;
    case 'photos':
      return <PhotosField draft={draft} form={form} />;
    case 'reason':
      return (
        <Field label="原因" error={error?.field('reason')}>
          <TextArea
            rows={3}
            value={value.reason}
            maxLength={TICKET_LIMITS.reasonMax}
            onChange={(reason) => draft.merge({ reason })}
          />
        </Field>
      );
    case 'otherChannel':
      return (
        <Field label="居民可以去找谁" error={error?.field('otherChannel')} hint="部门和电话，例如：12345">
          <TextInput
            value={value.otherChannel}
            maxLength={TICKET_LIMITS.channelMax}
            onChange={(otherChannel) => draft.merge({ otherChannel })}
          />
        </Field>
      );
    case 'assignee':
      return <AssigneeField draft={draft} />;
    case 'department':
      return <DepartmentField draft={draft} ticket={ticket} />;
    case 'date':
      return <DateField draft={draft} ticket={ticket} form={form} />;
    case 'master':
      return (
        <Field label="合并到哪一件" error={error?.field('masterNumber')} hint="填编号，例如 20261121-0007">
          <TextInput
            value={value.masterNumber}
            maxLength={16}
            onChange={(masterNumber) => draft.merge({ masterNumber })}
          />
        </Field>
      );
    case 'category':
      // Whom it is about does not say what it is about.
      return ticket.accusesCaller ? null : <CategoryField draft={draft} ticket={ticket} />;
  }
}

function ReplyField({ draft, form, error }: Omit<StepInputProps, 'ticket'>) {
  const asks = form.path === 'ask';
  return (
    <View className="stack stack--2">
      {!asks && <ReplyTemplates onPick={(text) => draft.merge({ text })} />}
      <Field label={asks ? '问居民什么' : '写给居民的话'} error={error?.field('text')}>
        <TextArea
          value={draft.value.text}
          maxLength={TICKET_LIMITS.replyMax}
          onChange={(text) => draft.merge({ text })}
        />
      </Field>
    </View>
  );
}

function PhotosField({ draft, form }: Pick<StepInputProps, 'draft' | 'form'>) {
  const { photos } = draft.value;
  return (
    <Field label="照片" optional={form.path !== 'resolve'}>
      <PhotoPicker
        photos={photos}
        upload={photoUpload('TICKET_PHOTO')}
        onAdd={(photo) => {
          draft.update((now) => ({ ...now, photos: [...now.photos, photo] }));
        }}
        onRemove={(id) => draft.merge({ photos: photos.filter((photo) => photo.id !== id) })}
      />
    </Field>
  );
}

function CategoryField({ draft, ticket }: Pick<StepInputProps, 'draft' | 'ticket'>) {
  return (
    <Field label="类别">
      <Picker<TicketCategoryCode>
        value={draft.value.category ?? ticket.category}
        options={TICKET_CATEGORIES.map(({ code, label }) => ({ value: code, label }))}
        onChange={(category) => draft.merge({ category })}
      />
    </Field>
  );
}

function listOf<T>(resource: Resource<readonly T[]>): readonly T[] {
  return resource.status === 'ready' ? resource.data : [];
}

function AssigneeField({ draft }: { readonly draft: DraftHandle<Values> }) {
  const people = listOf(useAssignees());
  return (
    <Field label="派给谁">
      <Picker
        value={draft.value.assigneeId}
        options={people.map(({ id, name, role }) => ({ value: id, label: `${name}（${role}）` }))}
        onChange={(assigneeId) => draft.merge({ assigneeId })}
      />
    </Field>
  );
}

function DepartmentField({
  draft,
  ticket,
}: {
  readonly draft: DraftHandle<Values>;
  readonly ticket: TicketDetail;
}) {
  const departments = listOf(useDepartments());
  const duty = [ticket.lead, ...ticket.co].map(({ name }) => name).join('、');
  return (
    <Field label="转给哪个部门" hint={`按职责：${duty}`}>
      <Picker<DepartmentCode>
        value={draft.value.department}
        options={departments.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(department) => draft.merge({ department })}
      />
    </Field>
  );
}

function DateField({
  draft,
  ticket,
  form,
}: {
  readonly draft: DraftHandle<Values>;
  readonly ticket: TicketDetail;
  readonly form: StepForm;
}) {
  const now = useNow();
  const suspends = form.path === 'suspend';
  const due = liveDeadline(ticket.deadlines, 'FINISH')?.dueAt ?? now;
  const from = addDays(shanghaiDate(suspends ? now : Math.max(now, due)), 1);
  return (
    <Field label={suspends ? '挂起到哪天' : '延到哪天'}>
      <DatePicker
        value={draft.value.date}
        from={from}
        to={addDays(shanghaiDate(now), TICKET_LIMITS.aheadDaysMax)}
        onChange={(date) => draft.merge({ date })}
      />
    </Field>
  );
}
