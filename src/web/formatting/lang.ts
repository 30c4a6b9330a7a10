// The two languages of every page; zh is the default and is marked zh-CN in HTML.
export type Lang = 'zh' | 'en';
