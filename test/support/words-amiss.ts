// Words that no page should say: keys of the wording, values that are none, and the other language.
import type { Language } from './browser.ts';
import type { Words } from './read-page.ts';

/** Files and addresses look like keys of the wording. */
const dotted = /\S*(\.xlsx|\.csv|\.pdf|\.cn|\.test|\.com)\S*/g;
const key = /\b[a-z]+[A-Za-z]*\.[a-z][A-Za-z]*(\.[A-Za-z]+)*\b(?![/@])/;
/** Elements that hold the product's words, never what somebody typed. */
const own = new Set(['label', 'legend', 'button', 'h2', 'h3', 'dt', 'column']);

/** What is wrong with words on a page in this language; names of people and bodies stay Chinese on English pages. */
export function wordsAmiss({ tag, text }: Words, lang: Language): string[] {
  const amiss: string[] = [];
  const found = key.exec(text.replace(dotted, ''));
  if (found !== null && !/^(e\.g|i\.e|no\.)/.test(found[0])) amiss.push(`untranslated ${found[0]}`);
  if (/\bundefined\b|\[object|\bNaN\b/.test(text)) amiss.push(`a value that is none: ${text.slice(0, 80)}`);
  const foreign =
    lang === 'zh' ? /[A-Za-z]{2,} [a-z]{2,}/.exec(text) : own.has(tag) && /\p{Script=Han}+/u.exec(text);
  if (foreign && tag !== 'body') amiss.push(`not in its language: ${foreign[0]} in <${tag}>`);
  return amiss;
}
