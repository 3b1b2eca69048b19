import { Text, View } from '@tarojs/components';
import { type Fen, formatYuan } from '@linli/shared/kernel';
import { Chip } from './chip';
import { Icon } from './icon';
import { Money } from './numbers';
import { Tap } from './tap';
import './ledger-line.css';

/** BACK: an income that was given back. */
const WORDS = { IN: '收', OUT: '支', BACK: '退' } as const;

export interface LedgerLineProps {
  readonly direction: keyof typeof WORDS;
  readonly what: string;
  /** With whom: 某某广告公司. */
  readonly who: string;
  /** As it is written: 7月1日, 第三季度. */
  readonly when: string;
  readonly amountFen: Fen;
  /** The decision that allows it: 2024年第1号决议. */
  readonly decision?: string | undefined;
  /** Where it was taken from, if nobody typed it. */
  readonly origin?: string | undefined;
  readonly hasVoucher: boolean;
  readonly onTap?: (() => void) | undefined;
}

/** One income or spend, with its sign in words. */
export function LedgerLine({
  direction,
  what,
  who,
  when,
  amountFen,
  decision,
  origin,
  hasVoucher,
  onTap,
}: LedgerLineProps) {
  const word = WORDS[direction];
  return (
    <Tap
      className="ledger-line"
      onTap={onTap}
      label={[
        `${word} ${formatYuan(amountFen)}`,
        what,
        who,
        when,
        decision,
        origin,
        hasVoucher ? '有凭证' : '',
      ]
        .filter((part) => part !== undefined && part !== '')
        .join('，')}
    >
      <View className="grow">
        <View>{what}</View>
        <View className="ledger-line__facts">
          {who !== '' && <Text className="ledger-line__fact">{who}</Text>}
          {when !== '' && <Text className="ledger-line__fact">{when}</Text>}
        </View>
        {(decision !== undefined || origin !== undefined || hasVoucher) && (
          <View className="ledger-line__marks">
            {decision !== undefined && <Chip tone="brand">{decision}</Chip>}
            {origin !== undefined && <Chip tone="info">{origin}</Chip>}
            {hasVoucher && (
              <View className="ledger-line__voucher">
                <Icon name="clip" size="small" />
                <Text>凭证</Text>
              </View>
            )}
          </View>
        )}
      </View>
      <View className="ledger-line__amount">
        <Text className="ledger-line__word">{word}</Text>
        <Money fen={amountFen} />
      </View>
    </Tap>
  );
}
