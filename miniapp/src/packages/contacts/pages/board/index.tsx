import { Image, View } from '@tarojs/components';
import type { BoardEntryView, ContactBoardView, LevelView } from '@linli/shared/contacts';
import { formatFullDate, formatInstant, shanghaiDate } from '@linli/shared/kernel';
import { useEffect } from 'react';
import {
  Button,
  CallRow,
  Card,
  Cell,
  Chip,
  Empty,
  Fact,
  PageShell,
  SectionHead,
  SkeletonList,
  Tap,
  useNow,
} from '@/components';
import { navigate, useRouteParams } from '@/navigate';
import { canPrint, lookAtPhotos, printPage, serverAddress } from '@/platform';
import { estatesOf, useSession } from '@/stores/session';
import { useBoard } from '../../api';
import { PrintedBoard } from '../../components/printed-board';
import './index.css';

/** 公告牌: whom to call about what. This is where the code on a printed board leads. */
export default function BoardPage() {
  const { estateId } = useRouteParams('contactBoard');
  useEffect(() => {
    const { me, estateId: chosen, chooseEstate } = useSession.getState();
    if (estateId !== undefined && estateId !== chosen && estatesOf(me).some(({ id }) => id === estateId))
      chooseEstate(estateId);
  }, [estateId]);
  const board = useBoard();
  if (board.status === 'error' && board.error.code === 'BOARD.NONE') return <NoBoard />;
  return (
    <PageShell route="contactBoard" resource={board} skeleton={<SkeletonList />}>
      {(view) => (
        <>
          <View className="stack stack--4 no-print">
            <Checked board={view} />
            <Emergency board={view} />
            <Departments entries={view.entries} />
            <Levels levels={view.levels} />
            <Places board={view} />
            <About board={view} />
          </View>
          <PrintedBoard board={view} />
        </>
      )}
    </PageShell>
  );
}

function NoBoard() {
  return (
    <PageShell route="contactBoard">
      <Empty
        title="本小区还没有公告牌"
        text="公告牌由街道（镇）统一发布。急事请拨 110、119、120，其他事可以拨 12345。"
        next={{
          label: '问问为什么没有',
          onTap: () => {
            navigate('radarItem', { code: 'CONTACT_BOARD' });
          },
        }}
      />
    </PageShell>
  );
}

function Checked({ board }: { readonly board: ContactBoardView }) {
  if (!board.stale)
    return (
      <View className="t-second t-muted">{`${board.checkedDaysAgo === 0 ? '今天' : `${board.checkedDaysAgo} 天前`}逐个打过，号码有效`}</View>
    );
  return (
    <Card tone="urgent">
      <View>{`已经 ${board.checkedDaysAgo} 天没有核对，有的号码可能变了。打不通请拨 12345。`}</View>
    </Card>
  );
}

function Emergency({ board }: { readonly board: ContactBoardView }) {
  return (
    <Card title="急事先打" flush>
      {board.emergency.map(({ number, label }) => (
        <CallRow key={number} department={label} duty="全天" phone={number} />
      ))}
    </Card>
  );
}

function Departments({ entries }: { readonly entries: readonly BoardEntryView[] }) {
  return (
    <View>
      <SectionHead title="什么事找哪个部门" />
      <View className="stack stack--3">
        {entries.map((entry) => (
          <Department key={`${entry.departmentName}|${entry.contactName}`} entry={entry} />
        ))}
      </View>
    </View>
  );
}

function Department({ entry }: { readonly entry: BoardEntryView }) {
  const { complainAs } = entry;
  return (
    <Card flush>
      <CallRow
        department={entry.departmentName}
        duty={`${entry.contactName} · ${entry.handles.length > 0 ? entry.handles.join('、') : entry.duties}`}
        phone={entry.phone.display}
      />
      <View className="board-line">
        <View className="t-second grow">{entry.duties}</View>
        {complainAs !== null && (
          <Button
            size="small"
            kind="plain"
            label={`向${entry.departmentName}投诉`}
            onTap={() => {
              navigate('complaintForm', { category: complainAs });
            }}
          >
            去投诉
          </Button>
        )}
      </View>
    </Card>
  );
}

function Levels({ levels }: { readonly levels: readonly LevelView[] }) {
  return (
    <View>
      <SectionHead title="没办好，一级一级往上找" />
      <Card flush>
        {levels.map((level) =>
          level.phone === null ? (
            <Cell key={level.level} title={level.label} detail={level.duty} mark={<Chip>电话未公布</Chip>} />
          ) : (
            <CallRow
              key={level.level}
              department={`${level.label} · ${level.organisation ?? ''}`}
              duty={`${level.duty}${level.hours === null || level.hours === '' ? '' : `（${level.hours}）`}`}
              phone={level.phone.display}
            />
          ),
        )}
      </Card>
    </View>
  );
}

function Places({ board }: { readonly board: ContactBoardView }) {
  const now = useNow();
  const photos = board.places.flatMap(({ photoUrl }) => photoUrl ?? []);
  return (
    <View>
      <SectionHead title="贴在哪里" />
      <Card>
        {board.places.length === 0 && <View className="t-muted">还没有登记张贴位置</View>}
        <View className="board-places">
          {board.places.map(({ id, description, photoUrl, photographedAt }) => (
            <View key={id} className="board-places__one">
              {photoUrl === null ? (
                <View className="board-places__none t-muted">没有照片</View>
              ) : (
                <Tap
                  label={`看照片：${description}`}
                  onTap={() => {
                    lookAtPhotos(photos, photoUrl);
                  }}
                >
                  <Image className="board-places__photo" mode="aspectFill" src={serverAddress(photoUrl)} />
                </Tap>
              )}
              <View>{description}</View>
              {photographedAt !== null && (
                <View className="t-second t-muted">{`${formatInstant(photographedAt, now)} 拍`}</View>
              )}
            </View>
          ))}
        </View>
      </Card>
    </View>
  );
}

function About({ board }: { readonly board: ContactBoardView }) {
  return (
    <Card>
      <View className="stack stack--2">
        <Fact label="发布单位">{board.publishedBy}</Fact>
        <Fact label="起用日期">{formatFullDate(board.effectiveFrom)}</Fact>
        <Fact label="最近核对">{formatFullDate(shanghaiDate(board.checkedAt))}</Fact>
        <Fact label="版本">{`第 ${board.version} 版${board.reason === '' ? '' : `（${board.reason}）`}`}</Fact>
        {canPrint && (
          <Button kind="plain" icon="print" block onTap={printPage}>
            打印公告牌（A3）
          </Button>
        )}
      </View>
    </Card>
  );
}
