// Highest education, in ascending order (domain 8.4).
import { type Term, termTyped } from '../shared/term.ts';

export type Education =
  | 'primary'
  | 'junior_secondary'
  | 'senior_secondary'
  | 'vocational_secondary'
  | 'technical_school'
  | 'junior_college'
  | 'bachelor'
  | 'master'
  | 'doctor';

export const educations: readonly Term<Education>[] = [
  { code: 'primary', zh: '小学及以下', en: 'Primary or less', also: ['小学', 'primary', '文盲', '半文盲'] },
  { code: 'junior_secondary', zh: '初中', en: 'Junior secondary', also: ['初级中学', '初中毕业'] },
  {
    code: 'senior_secondary',
    zh: '高中',
    en: 'Senior secondary',
    also: ['高级中学', '普通高中', '高中毕业'],
  },
  {
    code: 'vocational_secondary',
    zh: '中专',
    en: 'Vocational secondary',
    also: ['中职', '职高', '职业高中', '中等专科', '中等职业教育', '中专·中职', '中专/中职'],
  },
  { code: 'technical_school', zh: '技校', en: 'Technical school', also: ['技工学校', '技工教育'] },
  {
    code: 'junior_college',
    zh: '大专',
    en: 'Junior college',
    also: ['专科', '高职', '大学专科', '专科教育'],
  },
  { code: 'bachelor', zh: '本科', en: 'Bachelor', also: ['大学', '大学本科', '本科教育'] },
  { code: 'master', zh: '硕士研究生', en: 'Master', also: ['硕士', '研究生', '研究生教育'] },
  { code: 'doctor', zh: '博士研究生', en: 'Doctor', also: ['博士'] },
];

/** The education meant by what was typed, or null. */
export function educationTyped(typed: string): Education | null {
  return termTyped(educations, typed);
}
