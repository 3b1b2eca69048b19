import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import { spoken } from '@/platform';
import { usePreferences } from '@/stores/preferences';
import { useToast } from '@/stores/toast';
import { classNames } from './class-names';
import { Icon } from './icon';
import './toast.css';

const SHOWN_MS = 2_800;
const SHOWN_ELDER_MS = 4_500;

/** Where `toast()` shows; every page shell has one. */
export function ToastHost() {
  const { message, turn } = useToast();
  return message === null ? null : <Shown key={turn} message={message} />;
}

function Shown({ message }: { readonly message: string }) {
  const { tone, hide } = useToast();
  const elder = usePreferences((state) => state.elder);
  useEffect(() => {
    const timer = setTimeout(hide, elder ? SHOWN_ELDER_MS : SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [hide, elder]);
  return (
    <View
      className={classNames('toast', `toast--${tone}`)}
      {...spoken({ role: tone === 'bad' ? 'alert' : 'status' })}
    >
      {tone !== 'plain' && <Icon name={tone === 'good' ? 'done' : 'alert'} size="small" />}
      <Text className="toast__text">{message}</Text>
    </View>
  );
}
