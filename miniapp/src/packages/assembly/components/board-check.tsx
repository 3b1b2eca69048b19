import { View } from '@tarojs/components';
import { isAlarming } from '@linli/shared/transparency';
import { Button, Card, SkeletonCard } from '@/components';
import { useResource } from '@/request';
import { type CheckedBoard, checkBoard } from '@/proof/check';
import { AlarmCard } from './log-alarm';
import { CheckLines } from './check-lines';

/** The checkpoint of a notice board against the record of today. */
export function BoardCheck({ note }: { readonly note: string }) {
  const checked = useResource(`board-check/${note}`, () => checkBoard(note));
  if (checked.status === 'loading') return <SkeletonCard lines={4} />;
  if (checked.status === 'error')
    return (
      <Card title="还没有核对成">
        <View className="stack stack--3">
          <View>{checked.error.message}</View>
          <Button block onTap={checked.reload}>
            重试
          </Button>
        </View>
      </Card>
    );
  if (checked.data === null)
    return (
      <Card tone="urgent" title="读不出来">
        这不是公告栏上的核对码，或者扫得不完整。
      </Card>
    );
  return <Compared checked={checked.data} />;
}

function Compared({ checked }: { readonly checked: CheckedBoard }) {
  const { isSigned, growth, shown, note, size } = checked;
  const isWell = isSigned && growth !== null && !isAlarming(growth);
  return (
    <>
      {growth !== null && isAlarming(growth) && (
        <AlarmCard alarm={{ growth, kept: note, shown, foundAt: null }} />
      )}
      <Card title={isWell ? '公告栏上的和现在的记录一致' : '公告栏上的核对码'}>
        <View className="stack stack--3">
          <CheckLines
            lines={[
              {
                what: '电子章',
                found: isSigned ? 'YES' : 'NO',
                words: isSigned ? '是本平台盖的，在这部手机上核对' : '不是本平台盖的，在这部手机上核对',
              },
              {
                what: '现在的记录',
                found: growth === null ? 'NOT_CHECKED' : isAlarming(growth) ? 'NO' : 'YES',
                words:
                  growth === null
                    ? '没有联网，没有核对'
                    : isAlarming(growth)
                      ? '和贴出来的不是同一份'
                      : `前 ${size} 条和贴出来的一字不差，在这部手机上核对`,
              },
            ]}
          />
        </View>
      </Card>
    </>
  );
}
