import { Text, View } from '@tarojs/components';
import { formatSqm } from '@linli/shared/kernel';
import { isAlarming } from '@linli/shared/transparency';
import { useState } from 'react';
import { Button, Card, Chip, Fact, InstantText, SkeletonCard } from '@/components';
import { useResource } from '@/request';
import { MARK_LABELS } from '../model';
import {
  askServer,
  type AskedChecks,
  checkHere,
  type OwnChecks,
  type Verdict,
  verdictOf,
} from '@/proof/check';
import { AlarmCard } from './log-alarm';
import { type CheckLine, CheckLines } from './check-lines';

interface Found {
  readonly own: OwnChecks | null;
  readonly asked: AskedChecks | null;
}

/** What became of one ballot, from its receipt. */
export function ReceiptCheck({ receipt }: { readonly receipt: string }) {
  const found = useResource(`receipt-check/${receipt}`, () => lookInto(receipt));
  if (found.status === 'loading') return <SkeletonCard lines={5} />;
  if (found.status === 'error')
    return (
      <Card title="还没有核对成">
        <View className="stack stack--3">
          <View>{`第一次核对要连一次网：${found.error.message}`}</View>
          <Button block onTap={found.reload}>
            重试
          </Button>
        </View>
      </Card>
    );
  const { own, asked } = found.data;
  if (own === null)
    return (
      <Card tone="urgent" title="读不出来">
        这不是投票的回执。
      </Card>
    );
  return <Outcome own={own} asked={asked} onAgain={found.reload} />;
}

async function lookInto(receipt: string): Promise<Found> {
  const own = await checkHere(receipt);
  const isSound = own?.isSigned === true && own.isIncluded;
  return { own, asked: own !== null && isSound ? await askServer(own) : null };
}

const VERDICTS: Readonly<Record<Verdict, readonly [tone: 'good' | 'bad' | 'urgent', word: string]>> = {
  INCLUDED: ['good', '这张票已计入'],
  SUPERSEDED: ['urgent', '这张票已被后来投的一票取代'],
  NOT_INCLUDED: ['bad', '这张票没有计入'],
};

interface OutcomeProps {
  readonly own: OwnChecks;
  readonly asked: AskedChecks | null;
}

function Outcome({ own, asked, onAgain }: OutcomeProps & { readonly onAgain: () => Promise<void> }) {
  const verdict = verdictOf(own, asked);
  const [tone, word] = VERDICTS[verdict];
  const isSound = own.isSigned && own.isIncluded;
  return (
    <>
      {asked !== null && isAlarming(asked.growth) && (
        <AlarmCard
          alarm={{ growth: asked.growth, kept: own.checkpoint, shown: asked.shown, foundAt: null }}
        />
      )}
      <Card>
        <View className="stack stack--3">
          <View className="row">
            <Chip tone={tone} icon={verdict === 'NOT_INCLUDED' ? 'close' : 'check'}>
              {`编号 ${own.index}`}
            </Chip>
          </View>
          <View className="t-page">{word}</View>
          {asked?.supersededAt != null && (
            <View>
              <Text>同一位业主后来又投了一次：</Text>
              <InstantText at={asked.supersededAt} />
            </View>
          )}
          {!isSound && <View>回执是假的、被改过，或者不是本平台的。请找给您回执的人要原来的那一份。</View>}
          <CheckLines lines={linesOf(own, asked)} />
          {isSound && asked === null && (
            <Button kind="plain" block icon="refresh" onTap={onAgain}>
              联网再核对一次
            </Button>
          )}
        </View>
      </Card>
      {own.ballot !== null && isSound && <Said own={own} />}
    </>
  );
}

function linesOf(own: OwnChecks, asked: AskedChecks | null): CheckLine[] {
  const ownLines: CheckLine[] = [
    {
      what: '电子章',
      found: own.isSigned ? 'YES' : 'NO',
      words: own.isSigned
        ? `是本平台盖的电子章（章号 ${own.keyId ?? ''}），在这部手机上核对`
        : '不是本平台盖的电子章，在这部手机上核对',
    },
    {
      what: '在记录里的位置',
      found: own.isIncluded ? 'YES' : 'NO',
      words: own.isIncluded
        ? `确实是 ${own.size} 条记录里的第 ${own.index} 号，在这部手机上核对`
        : '算出来对不上，在这部手机上核对',
    },
  ];
  if (!own.isSigned || !own.isIncluded) return ownLines;
  return [...ownLines, ...askedLines(asked)];
}

function askedLines(asked: AskedChecks | null): CheckLine[] {
  if (asked === null)
    return [
      { what: '现在的记录', found: 'NOT_CHECKED', words: '没有联网，没有核对；上面两项不联网也算数' },
      { what: '后来有没有改投', found: 'NOT_CHECKED', words: '没有联网，没有问到' },
    ];
  const isGrown = !isAlarming(asked.growth);
  return [
    {
      what: '现在的记录',
      found: isGrown ? 'YES' : 'NO',
      words: isGrown ? '仍然包含这张票，在这部手机上核对' : '已经不是这张回执所在的那一份',
    },
    {
      what: '后来有没有改投',
      found: asked.isUnknown ? 'NO' : 'YES',
      words: asked.isUnknown
        ? '平台说没有这张票，可是回执证明它在记录里'
        : `${asked.supersededAt === null ? '没有' : '改投过'}，这一项是平台的回答；结果公布后在核对文件里查得到`,
    },
  ];
}

/** Not shown at once: somebody may be looking on. */
function Said({ own }: { readonly own: OwnChecks }) {
  const [isOpen, setOpen] = useState(false);
  const { ballot } = own;
  if (ballot === null) return null;
  if (!isOpen)
    return (
      <Button
        kind="quiet"
        block
        icon="lock"
        onTap={() => {
          setOpen(true);
        }}
      >
        看这张票选了什么
      </Button>
    );
  return (
    <Card title="这张票">
      <View className="stack stack--2">
        <Fact label="投票时间">
          <InstantText at={ballot.at} />
        </Fact>
        <Fact label="方式">{ballot.channel === 'ONLINE' ? '线上' : '纸质'}</Fact>
        <Fact label="面积">{formatSqm(ballot.areaCentiSqm)}</Fact>
        {ballot.votes.map(({ motionId, mark }) => (
          <Fact key={motionId} label={`议题 …${motionId.slice(-4)}`}>
            {MARK_LABELS[mark]}
          </Fact>
        ))}
      </View>
    </Card>
  );
}
