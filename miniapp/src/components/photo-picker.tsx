import { Image, Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { choosePhotos, lookAtPhotos, serverAddress, spoken } from '@/platform';
import { asApiError } from '@/request/api-error';
import { Icon } from './icon';
import { Tap } from './tap';
import './photo-picker.css';

/** With the paths that the server gave; a draft keeps it so. */
export interface UploadedPhoto {
  readonly id: string;
  readonly url: string;
  readonly thumbUrl: string | null;
}

export interface PhotoPickerProps<Photo extends UploadedPhoto> {
  readonly photos: readonly Photo[];
  /** One after the other, each when it has arrived: add it to what is there by then. */
  readonly onAdd: (photo: Photo) => void;
  readonly onRemove: (id: string) => void;
  readonly upload: (path: string, onProgress: (percent: number) => void) => Promise<Photo>;
  readonly limit?: number;
}

interface Pending {
  readonly key: number;
  readonly path: string;
  readonly percent: number;
  readonly failure: string | null;
}

const MOST_PHOTOS = 9;

/** Up to nine photos. One that does not get through stays, says why, and can be tapped to try again. */
export function PhotoPicker<Photo extends UploadedPhoto>({
  photos,
  onAdd,
  onRemove,
  upload,
  limit = MOST_PHOTOS,
}: PhotoPickerProps<Photo>) {
  const { pending, add, send, drop } = usePending(upload, onAdd);
  const left = limit - photos.length - pending.length;
  const failure = pending.find((item) => item.failure !== null)?.failure;
  return (
    <View>
      <View className="photos">
        <Photos photos={photos} onRemove={onRemove} />
        {pending.map((item) => (
          <PendingPhoto
            key={item.key}
            item={item}
            onRetry={() => {
              void send(item.key, item.path);
            }}
            onRemove={() => {
              drop(item.key);
            }}
          />
        ))}
        {left > 0 && (
          <Tap
            className="photos__item photo-picker__add"
            label={`添加照片，还能加 ${left} 张`}
            onTap={() => {
              void choosePhotos(left).then((chosen) => add(chosen.map(({ path }) => path)));
            }}
          >
            <Icon name="camera" />
            <Text className="t-caption">
              {photos.length + pending.length === 0 ? '加照片' : `还能加 ${left} 张`}
            </Text>
          </Tap>
        )}
      </View>
      {failure !== undefined && failure !== null && (
        <View
          className="t-second t-bad"
          {...spoken({ role: 'alert' })}
        >{`有照片没有传上去：${failure}`}</View>
      )}
    </View>
  );
}

/** The photos that are on their way or did not get through. */
function usePending<Photo extends UploadedPhoto>(
  upload: PhotoPickerProps<Photo>['upload'],
  onArrived: (photo: Photo) => void,
) {
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const lastKey = useRef(0);
  const change = (key: number, part: Partial<Pending>) => {
    setPending((list) => list.map((item) => (item.key === key ? { ...item, ...part } : item)));
  };
  const drop = (key: number) => {
    setPending((list) => list.filter((item) => item.key !== key));
  };
  const send = async (key: number, path: string) => {
    change(key, { failure: null, percent: 0 });
    try {
      const photo = await upload(path, (percent) => {
        change(key, { percent });
      });
      drop(key);
      onArrived(photo);
    } catch (cause) {
      change(key, { failure: asApiError(cause).message });
    }
  };
  const add = async (paths: readonly string[]) => {
    const added = paths.map((path) => {
      lastKey.current += 1;
      return { key: lastKey.current, path, percent: 0, failure: null };
    });
    setPending((list) => [...list, ...added]);
    // One after the other: a phone's network does not get faster by sharing it.
    for (const { key, path } of added) await send(key, path);
  };
  return { pending, add, send, drop };
}

interface PhotosProps {
  readonly photos: readonly UploadedPhoto[];
  readonly onRemove: (id: string) => void;
}

/** The photos that have arrived. */
function Photos({ photos, onRemove }: PhotosProps) {
  return photos.map((photo, index) => (
    <View key={photo.id} className="photos__item">
      <Tap
        label={`第 ${index + 1} 张照片，点开看大图`}
        onTap={() => {
          lookAtPhotos(
            photos.map(({ url }) => url),
            photo.url,
          );
        }}
      >
        <Image
          className="photos__image photo-picker__image"
          src={serverAddress(photo.thumbUrl ?? photo.url)}
          mode="aspectFill"
        />
      </Tap>
      <RemoveMark
        label={`删去第 ${index + 1} 张照片`}
        onTap={() => {
          onRemove(photo.id);
        }}
      />
    </View>
  ));
}

interface PendingPhotoProps {
  readonly item: Pending;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
}

function PendingPhoto({ item, onRetry, onRemove }: PendingPhotoProps) {
  return (
    <View className="photos__item">
      <Image className="photos__image photo-picker__image" src={item.path} mode="aspectFill" />
      {item.failure === null ? (
        <View
          className="photo-picker__cover"
          {...spoken({ role: 'status', label: `正在上传，${item.percent}%` })}
        >
          <Text>{`${item.percent}%`}</Text>
        </View>
      ) : (
        <Tap
          className="photo-picker__cover photo-picker__cover--failed"
          label="上传失败，点这里重试"
          onTap={onRetry}
        >
          <Icon name="refresh" />
          <Text>重试</Text>
        </Tap>
      )}
      {item.failure !== null && <RemoveMark label="不要这张照片" onTap={onRemove} />}
    </View>
  );
}

function RemoveMark({ label, onTap }: { readonly label: string; readonly onTap: () => void }) {
  return (
    <Tap className="photo-picker__remove" label={label} onTap={onTap}>
      <View className="photo-picker__cross">
        <Icon name="close" size="small" />
      </View>
    </Tap>
  );
}
