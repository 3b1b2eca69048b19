import { View } from '@tarojs/components';
import { spoken } from '@/platform';
import { classNames } from './class-names';
import './icon.css';

export type IconName =
  | 'alert'
  | 'assembly'
  | 'back'
  | 'ballot'
  | 'bell'
  | 'board'
  | 'building'
  | 'camera'
  | 'check'
  | 'clip'
  | 'clock'
  | 'close'
  | 'complaint'
  | 'copy'
  | 'desk'
  | 'device'
  | 'document'
  | 'done'
  | 'down'
  | 'download'
  | 'edit'
  | 'empty'
  | 'filter'
  | 'forward'
  | 'home'
  | 'info'
  | 'leave'
  | 'letters'
  | 'list'
  | 'lock'
  | 'offline'
  | 'people'
  | 'person'
  | 'phone'
  | 'plus'
  | 'print'
  | 'refresh'
  | 'search'
  | 'share'
  | 'shield'
  | 'trash'
  | 'wallet';

/** An ornament beside its word, in the colour of its text; never alone. */
export function Icon({ name, size }: { readonly name: IconName; readonly size?: 'small' | 'large' }) {
  return (
    <View
      className={classNames('icon', `icon--${name}`, size !== undefined && `icon-size-${size}`)}
      {...spoken({ hidden: true })}
    />
  );
}
