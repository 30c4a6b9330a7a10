// Words of this place, which somebody who guesses tries first: the product's and the field's names, the offices, the district
// and its areas (ASVS 5, 6.1.2; `docs/security.md` names the list).
import type { Reference } from '../reference/reference.ts';

const words = [
  'skillroll skill training certificate apprentice evaluator enterprise centre center',
  'bureau officer reviewer approver auditor administrator admin password welcome',
  'xiangcheng suzhou jiangsu renshe rensheju jineng peixun zhengshu jianding pingjia',
  'mima xuetu qiye xuexiao guanli guanliyuan',
  '相城区 相城 苏州市 苏州 江苏省 江苏 人社局 人社 人力资源 社会保障 技能 培训',
  '证书 鉴定 评价 学徒 企业 学校 机构 管理员 管理 密码',
].flatMap((line) => line.split(' '));

/** The words no password may be mostly made of, in lower case, the longest first. */
export function placeWords(reference: Pick<Reference, 'areas'>): readonly string[] {
  const areaWords = reference.areas.flatMap((area) => [
    area.zh,
    area.zh.replace(/(街道|镇)$/, ''),
    ...area.en.toLowerCase().split(/[^a-z]+/),
  ]);
  const known = new Set([...words, ...areaWords].filter((word) => word.length > (isLatin(word) ? 3 : 1)));
  return [...known].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

function isLatin(word: string): boolean {
  return /^[a-z]+$/.test(word);
}
