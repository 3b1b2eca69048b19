import { View } from '@tarojs/components';
import type { LogHeadResponse } from '@linli/shared/ballot-log';
import { WITNESS_KIND_LABELS } from '@linli/shared/ballot-log';
import { Button, Card, Chip, Fact } from '@/components';
import { navigate } from '@/navigate';
import { canPrint, canSaveFile, copyText, ownAddress, saveDownload, serverAddress } from '@/platform';
import { toast, useSession } from '@/stores';
import { useLogHead } from '../api';

/** As many as make a result beyond one person's word. */
const ENOUGH_WITNESSES = 2;

/** How anybody counts again, and who outside the committee has signed the record. */
export function Recheck({ assemblyId }: { readonly assemblyId: string }) {
  const head = useLogHead(assemblyId);
  // A meeting of before there were records has none.
  if (head.status !== 'ready') return null;
  return (
    <Card title="自己重新数一遍">
      <View className="stack stack--3">
        <View>
          下载核对文件，在自己的电脑上就能重新数票：名册、每张票、规则和结果都在里面，改动任何一处都会对不上。
        </View>
        <Downloads assemblyId={assemblyId} />
        <Witnessed head={head.data} />
        {canPrint && (
          <Button
            kind="plain"
            block
            icon="print"
            onTap={() => {
              navigate('assemblyBoard', { assemblyId });
            }}
          >
            打印公告栏用的结果
          </Button>
        )}
      </View>
    </Card>
  );
}

function Downloads({ assemblyId }: { readonly assemblyId: string }) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const token = useSession((state) => state.token);
  const isOwner = useSession((state) =>
    (state.me?.residencies ?? []).some((home) => home.estateId === estateId && home.kind === 'OWNER'),
  );
  const everybodys = `/api/public/assemblies/${assemblyId}/log`;
  const download = async (path: string, name: string) => {
    const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
    const saved = await saveDownload(serverAddress(path), headers, name);
    toast(saved ? '已下载' : '没有下载成功，请检查网络后再试', saved ? 'good' : 'bad');
  };
  if (!canSaveFile)
    return (
      <Button
        kind="plain"
        block
        icon="copy"
        onTap={async () => {
          const copied = await copyText(ownAddress(serverAddress(everybodys)));
          toast(copied ? '地址已复制，请在电脑上打开' : '没有复制成功，请再试一次');
        }}
      >
        复制公开核对文件的地址
      </Button>
    );
  return (
    <View className="stack stack--2">
      {isOwner && (
        <Button
          block
          icon="download"
          onTap={() =>
            download(`/api/estates/${estateId}/assemblies/${assemblyId}/log/export`, '核对文件-业主.txt')
          }
        >
          下载业主核对文件
        </Button>
      )}
      <Button kind="plain" block icon="download" onTap={() => download(everybodys, '核对文件-公开.txt')}>
        下载公开核对文件
      </Button>
      <View className="t-second t-muted">
        业主文件有每张票，没有姓名和房号，请不要传到网上；公开文件只有合计。核对程序和说明在本平台的源代码里，命令是
        npm run -s verify。
      </View>
    </View>
  );
}

/** Who has signed the record with the announced result in it. */
function Witnessed({ head }: { readonly head: LogHeadResponse }) {
  const signed = head.witnesses.filter(({ size }) => size === head.size);
  return (
    <View className="stack stack--1">
      <View className="row row--between">
        <View className="t-strong grow">{witnessWords(head)}</View>
        <Chip tone={signed.length >= ENOUGH_WITNESSES ? 'good' : 'plain'}>
          {signed.length >= ENOUGH_WITNESSES ? '已见证' : '待见证'}
        </Chip>
      </View>
      {head.witnesses.map(({ key, kind, label, size }) => (
        <Fact key={key} label={WITNESS_KIND_LABELS[kind]}>
          {`${label} ${size === head.size ? '已签字' : size === null ? '还没有签过' : '签过前面的记录'}`}
        </Fact>
      ))}
    </View>
  );
}

export function witnessWords({ size, witnesses }: Pick<LogHeadResponse, 'size' | 'witnesses'>): string {
  const signed = witnesses.filter((witness) => witness.size === size).length;
  if (witnesses.length === 0) return '这个小区还没有登记见证方';
  return signed === 0
    ? `登记的 ${witnesses.length} 个见证方都还没有在最终结果上签字`
    : `${witnesses.length} 个见证方中有 ${signed} 个在最终结果上签了字`;
}
