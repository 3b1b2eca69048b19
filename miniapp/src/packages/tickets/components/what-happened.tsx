import { type TicketCategoryCode, TICKET_LIMITS, ticketCategory } from '@linli/shared/tickets';
import { View } from '@tarojs/components';
import { Card, Check, Field, PhotoPicker, TextArea, TextInput } from '@/components';
import { type ApiError, photoUpload } from '@/request';
import type { DraftHandle } from '@/stores';
import type { ComplaintDraft, FieldFaults } from '../model';
import { SimilarList } from './similar-list';

interface Writing {
  readonly category: TicketCategoryCode;
  readonly draft: DraftHandle<ComplaintDraft>;
}

/** Asked first where it decides who comes, and how fast. */
export function DangerCard({ category, draft }: Writing) {
  if (ticketCategory(category).danger !== 'IF_SAID') return null;
  return (
    <Card>
      <Check
        on={draft.value.danger}
        onChange={(danger) => {
          draft.merge({ danger });
        }}
        label="现在有人有危险"
      >
        现在有人有危险（被困、漏气、起火、要掉落）
      </Check>
    </Card>
  );
}

/** In a sentence, where, what, and photos; what neighbours have reported stands between. */
export function WhatHappened({
  estateId,
  category,
  draft,
  faults,
  error,
}: Writing & {
  readonly estateId: string;
  readonly faults: FieldFaults;
  readonly error: ApiError | null;
}) {
  const { value } = draft;
  return (
    <Card>
      <View className="stack stack--4">
        <Field label="一句话说明" error={faults.title ?? error?.field('title')}>
          <TextInput
            value={value.title}
            placeholder="例如：楼道灯不亮"
            maxLength={TICKET_LIMITS.titleMax}
            onChange={(title) => {
              draft.merge({ title });
            }}
          />
        </Field>
        <Field label="在哪里" optional error={error?.field('place')}>
          <TextInput
            value={value.place}
            placeholder="例如：3号楼2单元门口"
            maxLength={TICKET_LIMITS.placeMax}
            onChange={(place) => {
              draft.merge({ place });
            }}
          />
        </Field>
        <SimilarList estateId={estateId} draft={{ category, ...value }} />
        <Field label="怎么了" error={faults.text ?? error?.field('text')}>
          <TextArea
            value={value.text}
            placeholder="什么时候开始的，现在是什么样，希望怎么解决"
            maxLength={TICKET_LIMITS.textMax}
            onChange={(text) => {
              draft.merge({ text });
            }}
          />
        </Field>
        <Photographs draft={draft} />
      </View>
    </Card>
  );
}

function Photographs({ draft }: Pick<Writing, 'draft'>) {
  const { photos } = draft.value;
  return (
    <Field label="照片" optional hint="最多 9 张。位置信息会自动去掉，只有办理的人看得到。">
      <PhotoPicker
        photos={photos}
        upload={photoUpload('TICKET_PHOTO')}
        onAdd={(photo) => {
          draft.update((now) => ({ ...now, photos: [...now.photos, photo] }));
        }}
        onRemove={(id) => {
          draft.merge({ photos: photos.filter((photo) => photo.id !== id) });
        }}
      />
    </Field>
  );
}
