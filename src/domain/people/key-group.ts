// Key groups are the categories of domain 4.6; a person may hold several, each from a day on.
import { type Term, termTyped } from '../shared/term.ts';

export type KeyGroup =
  | 'college_graduate'
  | 'hard_to_employ'
  | 'registered_unemployed'
  | 'rural_worker'
  | 'veteran'
  | 'low_income'
  | 'disabled'
  | 'school_leaver'
  | 'enterprise_staff'
  | 'other';

export const keyGroups: readonly Term<KeyGroup>[] = [
  {
    code: 'college_graduate',
    zh: '高校毕业生',
    en: 'College graduate',
    also: ['毕业年度高校毕业生', '离校未就业高校毕业生', '应届毕业生', '毕业年度/离校未就业高校毕业生'],
  },
  { code: 'hard_to_employ', zh: '就业困难人员', en: 'Hard-to-employ person', also: ['就业困难'] },
  { code: 'registered_unemployed', zh: '登记失业人员', en: 'Registered unemployed', also: ['失业人员'] },
  {
    code: 'rural_worker',
    zh: '农村劳动力',
    en: 'Rural worker',
    also: ['农民工', '农村转移劳动力', '农村劳动力/农民工'],
  },
  { code: 'veteran', zh: '退役军人', en: 'Veteran', also: ['退伍军人'] },
  {
    code: 'low_income',
    zh: '低收入或脱贫家庭劳动力',
    en: 'Low-income household',
    also: ['低收入', '脱贫家庭劳动力', '低收入家庭劳动力', '低收入/脱贫家庭劳动力'],
  },
  { code: 'disabled', zh: '残疾人', en: 'Disabled person', also: ['残疾人员'] },
  {
    code: 'school_leaver',
    zh: '未继续升学毕业生',
    en: 'School leaver',
    also: ['城乡未继续升学初高中毕业生', '两后生'],
  },
  { code: 'enterprise_staff', zh: '企业在职职工', en: 'Enterprise staff', also: ['企业职工', '在职职工'] },
  { code: 'other', zh: '其他', en: 'Other', also: ['其他人员'] },
];

/** The groups named in one cell (separated by 、，,;/ or a line break) and the words no group is known for. */
export function keyGroupsTyped(typed: string): { groups: KeyGroup[]; unknown: string[] } {
  const whole = termTyped(keyGroups, typed);
  if (whole !== null) return { groups: [whole], unknown: [] };
  const groups = new Set<KeyGroup>();
  const unknown: string[] = [];
  for (const word of typed.split(/[、，,;；/|\n]/)) {
    if (word.trim() === '') continue;
    const group = termTyped(keyGroups, word);
    if (group === null) unknown.push(word.trim());
    else groups.add(group);
  }
  return { groups: [...groups], unknown };
}
