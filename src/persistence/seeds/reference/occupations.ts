// Starter list of occupations (职业分类大典, editions 2015/2022); check against the official list before relying on a code.
import type { Occupation } from '../../../domain/reference/reference.ts';

const rows: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['6-18-01-01', '车工', 'Lathe operator', ['普通车床', '数控车床']],
  ['6-18-01-02', '铣工', 'Milling machinist', ['普通铣床', '数控铣床']],
  ['6-18-01-07', '多工序数控机床操作调整工', 'CNC machine operator', ['加工中心']],
  ['6-18-02-04', '焊工', 'Welder', ['电焊', '气焊']],
  ['6-18-04-01', '模具工', 'Mould maker', ['注塑模', '冲压模']],
  ['6-20-01-01', '装配钳工', 'Fitter', []],
  ['6-31-01-03', '电工', 'Electrician', ['维修电工']],
  ['4-03-02-01', '中式烹调师', 'Chinese cook', []],
  ['4-03-02-02', '中式面点师', 'Chinese pastry cook', []],
  ['4-10-01-02', '育婴员', 'Infant carer', []],
  ['4-10-01-03', '保育师', 'Nursery carer', []],
  ['4-10-01-05', '养老护理员', 'Elderly carer', []],
  ['4-10-01-06', '家政服务员', 'Domestic worker', ['母婴护理', '整理收纳']],
  ['4-07-03-04', '企业人力资源管理师', 'Human resources specialist', []],
  ['4-07-03-05', '劳动关系协调员', 'Labour relations coordinator', []],
  ['4-07-05-01', '保安员', 'Security guard', []],
  [
    '4-07-05-04',
    '消防设施操作员',
    'Fire-protection system operator',
    ['消防设施监控操作', '消防设施检测维修保养'],
  ],
  ['4-01-06-01', '电子商务师', 'E-commerce specialist', ['网商', '跨境电子商务']],
  ['4-01-06-02', '互联网营销师', 'Online marketing specialist', ['直播销售员', '选品员']],
];

export const occupations: readonly Occupation[] = rows.map(([code, zh, en, trades]) => ({
  code,
  zh,
  en,
  trades,
  validFrom: '2015-07-01',
  validTo: null,
}));
