import type { SheetColumn } from '../sheet/index.ts';

export type RollColumnKey =
  | 'SEQUENCE'
  | 'BUILDING'
  | 'ENTRANCE'
  | 'ROOM'
  | 'ADDRESS'
  | 'USE'
  | 'AREA'
  | 'GROSS_AREA'
  | 'OWNER'
  | 'CO_OWNERS'
  | 'ID_LAST4'
  | 'PHONE'
  | 'OTHER_PHONE'
  | 'CERTIFICATE'
  | 'AREA_SOURCE'
  | 'STATUS'
  | 'DEVELOPER'
  | 'NOTE';

/**
 * The columns of a roll 业主名册 and what sheets call them. To teach the import another name, add it here. A unit in
 * brackets behind a name, blanks and asterisks do not count. BUILDING and ROOM may be one column (ADDRESS), so that
 * neither is required by itself.
 */
export const ROLL_COLUMNS: readonly SheetColumn<RollColumnKey>[] = [
  { key: 'SEQUENCE', label: '序号', required: false, synonyms: ['编号', '项次', '行号', 'No.', 'NO'] },
  {
    key: 'BUILDING',
    label: '楼栋',
    required: false,
    synonyms: [
      '楼号',
      '楼栋号',
      '栋号',
      '幢号',
      '座号',
      '楼幢',
      '楼幢号',
      '幢',
      '栋',
      '楼',
      '楼座',
      '楼宇',
      '所在楼栋',
    ],
  },
  { key: 'ENTRANCE', label: '单元', required: false, synonyms: ['单元号', '门洞', '梯号'] },
  {
    key: 'ROOM',
    label: '房号',
    required: false,
    synonyms: [
      '室号',
      '户号',
      '房间号',
      '房间号码',
      '房屋编号',
      '房屋号',
      '户室号',
      '房室号',
      '门牌号',
      '门号',
      '室',
      '户室',
      '房间',
    ],
  },
  {
    key: 'ADDRESS',
    label: '房屋坐落',
    required: false,
    synonyms: ['坐落', '房屋座落', '座落', '房屋地址', '房屋位置', '地址', '房屋', '房产', '房屋信息'],
  },
  {
    key: 'USE',
    label: '用途',
    required: false,
    synonyms: [
      '房屋用途',
      '规划用途',
      '设计用途',
      '登记用途',
      '房屋类型',
      '房屋性质',
      '房屋类别',
      '使用性质',
      '物业类型',
      '业态',
      '类型',
      '类别',
    ],
  },
  {
    key: 'AREA',
    label: '专有部分面积',
    required: true,
    synonyms: [
      '专有面积',
      '专有部分建筑面积',
      '专有建筑面积',
      '专有部分',
      '专有部分面积㎡',
      '专有部分面积平方米',
      '专有面积㎡',
      '套内面积',
      '套内建筑面积',
      '套内',
      '套内面积㎡',
    ],
  },
  {
    key: 'GROSS_AREA',
    label: '建筑面积',
    required: false,
    synonyms: ['房屋建筑面积', '总建筑面积', '建面', '建筑面积㎡', '建筑面积平方米'],
  },
  {
    key: 'OWNER',
    label: '产权人',
    required: true,
    synonyms: [
      '业主姓名',
      '业主',
      '业主名称',
      '所有权人',
      '产权人姓名',
      '产权人名称',
      '房屋所有权人',
      '权利人',
      '权利人姓名',
      '不动产权利人',
      '产权所有人',
      '所有人',
      '房主',
      '户主',
      '户主姓名',
      '姓名',
    ],
  },
  {
    key: 'CO_OWNERS',
    label: '共有人',
    required: false,
    synonyms: [
      '共有人姓名',
      '共有产权人',
      '共同产权人',
      '共有权人',
      '其他产权人',
      '其他共有人',
      '共有业主',
      '其他业主',
    ],
  },
  {
    key: 'ID_LAST4',
    label: '证件号码后四位',
    required: false,
    synonyms: [
      '证件号码后4位',
      '证件号后四位',
      '证件号后4位',
      '证件后四位',
      '证件后4位',
      '身份证后四位',
      '身份证后4位',
      '身份证号后四位',
      '身份证号后4位',
      '身份证号码后四位',
      '身份证号码后4位',
      '证件尾号',
      '身份证尾号',
      '证件号码',
      '证件号',
      '身份证',
      '身份证号',
      '身份证号码',
    ],
  },
  {
    key: 'PHONE',
    label: '联系电话',
    required: false,
    synonyms: [
      '手机',
      '手机号',
      '手机号码',
      '电话',
      '电话号码',
      '联系方式',
      '联系号码',
      '联系手机',
      '移动电话',
      '业主电话',
      '业主手机',
      '业主联系电话',
      '产权人电话',
    ],
  },
  {
    key: 'OTHER_PHONE',
    label: '备用电话',
    required: false,
    synonyms: ['固定电话', '座机', '其他电话', '其他联系电话', '备用联系电话', '第二联系电话', '家庭电话'],
  },
  {
    key: 'CERTIFICATE',
    label: '不动产权证号',
    required: false,
    synonyms: [
      '不动产权证书号',
      '不动产权证',
      '不动产证号',
      '不动产权属证号',
      '房产证号',
      '房产证',
      '产权证号',
      '产权证书号',
      '权证号',
      '房屋所有权证号',
    ],
  },
  {
    key: 'AREA_SOURCE',
    label: '面积来源',
    required: false,
    synonyms: ['面积依据', '面积出处', '面积取值依据', '面积数据来源'],
  },
  {
    key: 'STATUS',
    label: '交付状态',
    required: false,
    synonyms: ['交房状态', '交付情况', '交房情况', '房屋状态', '销售状态', '状态'],
  },
  {
    key: 'DEVELOPER',
    label: '开发企业',
    required: false,
    synonyms: ['开发商', '开发单位', '开发公司', '建设单位', '开发建设单位'],
  },
  { key: 'NOTE', label: '备注', required: false, synonyms: ['说明', '附注', '其他', '其它'] },
];
