// The partition of Xiangcheng, 苏州市相城区 (320507), into townships and statistical units.
import type { Area } from '../../../domain/reference/reference.ts';

const rows: readonly (readonly [string, string, string])[] = [
  ['320507001', '元和街道', 'Yuanhe Subdistrict'],
  ['320507002', '太平街道', 'Taiping Subdistrict'],
  ['320507003', '黄桥街道', 'Huangqiao Subdistrict'],
  ['320507004', '北桥街道', 'Beiqiao Subdistrict'],
  ['320507005', '北河泾街道', 'Beihejing Subdistrict'],
  ['320507006', '漕湖街道', 'Caohu Subdistrict'],
  ['320507007', '澄阳街道', 'Chengyang Subdistrict'],
  ['320507100', '望亭镇', 'Wangting Town'],
  ['320507102', '黄埭镇', 'Huangdai Town'],
  ['320507105', '渭塘镇', 'Weitang Town'],
  ['320507109', '阳澄湖镇', 'Yangchenghu Town'],
  ['320507401', '阳澄湖生态休闲旅游度假区', 'Yangcheng Lake Resort'],
  ['320507402', '苏州高铁新城', 'Suzhou High-speed-rail New Town'],
];

export const areas: readonly Area[] = rows.map(([code, zh, en]) => ({
  code,
  zh,
  en,
  validFrom: '2014-08-01',
  validTo: null,
}));
