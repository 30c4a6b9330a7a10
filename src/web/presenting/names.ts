// Names of occupations, levels and areas in the viewer's language.
import { skillLevelOf } from '../../domain/certifications/skill-levels.ts';
import { areaOf, occupationOf, type Reference } from '../../domain/reference/reference.ts';
import type { Lang } from '../wording.ts';

/** The occupation's name, its code when it is not listed, an em dash for none. */
export function occupationName(reference: Reference, lang: Lang, code: string | null): string {
  if (code === null) return '—';
  return occupationOf(reference, code)?.[lang] ?? code;
}

/** The level's name with the national level, e.g. 四级／中级工 or Level 4, intermediate; an em dash for none. */
export function levelName(lang: Lang, code: string | null): string {
  const level = skillLevelOf(code);
  if (level === null) return '—';
  if (level.nationalLevel === null) return level[lang];
  return lang === 'zh' ? `${level.nationalLevel}／${level.zh}` : `${level.en} (level ${level.digit})`;
}

/** The area's name, or the word for none. */
export function areaName(reference: Reference, lang: Lang, code: string | null): string {
  return areaOf(reference, code)?.[lang] ?? (lang === 'zh' ? '未归属' : 'Not assigned');
}
