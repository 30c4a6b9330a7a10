// The two languages of every page; zh is the default.
export type Lang = 'zh' | 'en';

/** The value of the lang attribute: zh-CN or en. */
export function langTag(lang: Lang): 'zh-CN' | 'en' {
  return lang === 'zh' ? 'zh-CN' : 'en';
}
