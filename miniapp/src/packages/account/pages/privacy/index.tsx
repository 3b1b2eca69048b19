import { Text, View } from '@tarojs/components';
import type { PersonalExport } from '@linli/shared/identity';
import { useState } from 'react';
import { Button, Card, ConfirmButton, InstantText, PageShell } from '@/components';
import { startAt } from '@/navigate';
import { canSaveFile, copyText, saveTextFile, spoken } from '@/platform';
import { resourceCache, useAction } from '@/request';
import { toast, useDrafts, useSession } from '@/stores';
import { deleteOwnData, exportOwnData } from '../../api';
import { CollectedTable } from '../../collected-table';

export default function PrivacyPage() {
  return (
    <PageShell route="privacy">
      <View className="stack stack--3">
        <Card title="我们有您的什么信息">
          <CollectedTable />
        </Card>
        <ExportCard />
        <DeletionCard />
      </View>
    </PageShell>
  );
}

function ExportCard() {
  const [taken, setTaken] = useState<PersonalExport | null>(null);
  const take = useAction(exportOwnData, { onDone: setTaken });
  return (
    <Card title="导出我的信息">
      <View className="stack stack--3">
        <View className="t-muted">把系统里和您有关的全部记录取出来，一份给您自己留存。</View>
        {taken !== null && <Taken taken={taken} />}
        {take.error !== null && (
          <View className="t-bad" {...spoken({ role: 'alert' })}>
            {take.error.message}
          </View>
        )}
        <Button
          kind="plain"
          block
          icon="download"
          busy={take.busy}
          busyText="正在整理"
          onTap={() => take.run()}
        >
          {taken === null ? '导出' : '重新导出'}
        </Button>
      </View>
    </Card>
  );
}

function Taken({ taken }: { readonly taken: PersonalExport }) {
  const text = JSON.stringify(taken, null, 2);
  return (
    <View className="stack stack--2">
      <View className="t-second">
        <Text>整理于 </Text>
        <InstantText at={taken.exportedAt} />
      </View>
      {taken.sections.map((section) => (
        <View key={section.title} className="row row--between">
          <Text>{section.title}</Text>
          <Text className="t-muted">{`${section.rows.length} 条`}</Text>
        </View>
      ))}
      <Button
        block
        onTap={async () => {
          if (canSaveFile) saveTextFile('我的信息.json', text);
          else toast((await copyText(text)) ? '已复制，可以粘贴到文件传输助手' : '没有复制成功，请再试一次');
        }}
      >
        {canSaveFile ? '保存成文件' : '复制全部内容'}
      </Button>
    </View>
  );
}

function DeletionCard() {
  return (
    <Card title="删除我的信息">
      <View className="stack stack--3">
        <View className="t-muted">
          删除姓名、手机号、微信标识、登录记录、消息和认领材料，房屋也会解绑。名册、已计入的投票和缴费收据，法律要求保存，不再和您的账号关联。
        </View>
        <ConfirmButton
          kind="danger"
          block
          icon="trash"
          text="删除我的信息"
          ask={{
            title: '删除我的信息',
            sentence:
              '您的手机号、微信标识、登录记录、消息和草稿会被删除，房屋解绑，不能恢复；以后要用得重新登录并核对房屋。',
            doLabel: '确认删除',
            safeLabel: '不删',
            danger: true,
            busyText: '正在删除',
          }}
          perform={deleteOwnData}
          onDone={() => {
            resourceCache.clear();
            useDrafts.getState().discardAll();
            useSession.getState().signOut();
            toast('已经删除，您已退出登录', 'good');
            startAt('mine');
          }}
        />
      </View>
    </Card>
  );
}
