import { View } from '@tarojs/components';
import { type BoardPlaceView, CONTACT_LIMITS } from '@linli/shared/contacts';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import {
  Button,
  Card,
  Cell,
  ConfirmSheet,
  Field,
  PhotoPicker,
  SectionHead,
  Sheet,
  TextInput,
  type UploadedPhoto,
  useNow,
} from '@/components';
import { photoUpload, useAction } from '@/request';
import { useDraft } from '@/stores';
import { boardActions, useBase } from '../api';

/** Where the printed board hangs, each with a photo. */
export function Places({ places }: { readonly places: readonly BoardPlaceView[] }) {
  const now = useNow();
  const base = useBase();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<BoardPlaceView | null>(null);
  const remove = useAction((key: string, id: string) => boardActions(base).removePlace(key, id), {
    onDone: () => {
      setRemoving(null);
    },
  });
  return (
    <View>
      <SectionHead title="张贴位置（至少 2 处，都要有照片）" />
      <Card flush>
        {places.map((place) => (
          <Cell
            key={place.id}
            title={place.description}
            detail={
              place.photographedAt === null
                ? '还没有照片'
                : `${formatInstant(place.photographedAt, now)} 拍照`
            }
            value="取下"
            label={`${place.description}，取下`}
            onTap={() => {
              setRemoving(place);
            }}
          />
        ))}
        <Cell
          icon="plus"
          title="加一处"
          onTap={() => {
            setAdding(true);
          }}
        />
      </Card>
      {adding && (
        <PlaceSheet
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      <ConfirmSheet
        open={removing !== null}
        title="取下公告牌"
        sentence={`“${removing?.description ?? ''}”不再张贴公告牌。`}
        doLabel="取下"
        busy={remove.busy}
        error={remove.error?.message}
        onConfirm={() => remove.run(removing?.id ?? '')}
        onClose={() => {
          setRemoving(null);
        }}
      />
    </View>
  );
}

interface PlaceForm {
  readonly description: string;
  readonly photo: UploadedPhoto | null;
}

function PlaceSheet({ onClose }: { readonly onClose: () => void }) {
  const base = useBase();
  const draft = useDraft<PlaceForm>(`board-place${base}`, { description: '', photo: null });
  const { description, photo } = draft.value;
  const add = useAction(
    (key: string) =>
      boardActions(base).addPlace(key, { description: description.trim(), photoId: photo?.id ?? null }),
    {
      onDone: () => {
        draft.discard();
        onClose();
      },
    },
  );
  return (
    <Sheet open title="加一处张贴位置" onClose={onClose}>
      <View className="stack stack--3">
        <Field label="在哪里" error={add.error?.message}>
          <TextInput
            value={description}
            onChange={(text) => {
              draft.merge({ description: text });
            }}
            maxLength={CONTACT_LIMITS.placeMax}
            placeholder="如：南门值班室外墙公示栏"
          />
        </Field>
        <Field label="照片" hint="拍到公告牌和周围">
          <PhotoPicker
            limit={1}
            photos={photo === null ? [] : [photo]}
            onAdd={(taken) => {
              draft.merge({ photo: taken });
            }}
            onRemove={() => {
              draft.merge({ photo: null });
            }}
            upload={photoUpload('BOARD_PHOTO')}
          />
        </Field>
        <Button block busy={add.busy} disabled={description.trim().length < 2} onTap={() => add.run()}>
          记下这一处
        </Button>
      </View>
    </Sheet>
  );
}
