import { Image, Text, View } from '@tarojs/components';
import type { Instant } from '@linli/shared/kernel';
import type { ReactNode } from 'react';
import { lookAtPhotos, serverAddress, spoken } from '@/platform';
import { classNames } from './class-names';
import { InstantText } from './numbers';
import { Tap } from './tap';
import './timeline.css';

export interface TimelineItem {
  readonly id: string;
  readonly at: Instant;
  readonly who: string;
  readonly what: string;
  /** What was written with it. */
  readonly text?: string | undefined;
  readonly photos?: readonly string[] | undefined;
  /** Smaller ones of the same, in the same order. */
  readonly thumbs?: readonly string[] | undefined;
  /** Under the pictures: what is to know of them. */
  readonly note?: string | undefined;
  readonly tone?: 'plain' | 'good' | 'bad' | 'urgent';
}

/** Who did what and when, latest first; the clock of the present step at its top. */
export function Timeline({
  items,
  clock,
}: {
  readonly items: readonly TimelineItem[];
  readonly clock?: ReactNode;
}) {
  return (
    <View className="timeline" {...spoken({ role: 'list' })}>
      {clock !== undefined && <View className="timeline__clock">{clock}</View>}
      {items.map((item) => (
        <View
          key={item.id}
          className={classNames('timeline__item', `timeline__item--${item.tone ?? 'plain'}`)}
        >
          <View className="timeline__dot" />
          <View className="t-strong">{item.what}</View>
          <View className="t-second t-muted">
            <Text className="timeline__who">{item.who}</Text>
            <InstantText at={item.at} />
          </View>
          {item.text !== undefined && <View className="timeline__text">{item.text}</View>}
          {item.photos !== undefined && item.photos.length > 0 && (
            <Photos urls={item.photos} thumbs={item.thumbs} />
          )}
          {item.note !== undefined && item.note !== '' && (
            <View className="t-second t-muted">{item.note}</View>
          )}
        </View>
      ))}
    </View>
  );
}

/** Small pictures, by the paths that the server gives; they open full screen. */
export function Photos({
  urls,
  thumbs = urls,
}: {
  readonly urls: readonly string[];
  readonly thumbs?: readonly string[] | undefined;
}) {
  return (
    <View className="photos">
      {urls.map((url, index) => (
        <Tap
          key={url}
          className="photos__item"
          label={`第 ${index + 1} 张照片，共 ${urls.length} 张，点开看大图`}
          onTap={() => {
            lookAtPhotos(urls, url);
          }}
        >
          <Image
            className="photos__image"
            src={serverAddress(thumbs[index] ?? url)}
            mode="aspectFill"
            lazyLoad
          />
        </Tap>
      ))}
    </View>
  );
}
