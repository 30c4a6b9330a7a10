// Wording is data: every sentence of a page stands in templates/wording/<namespace>.json, Chinese and English side by side.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatCount } from './formatting/format-count.ts';
import type { Lang } from './formatting/lang.ts';

export type { Lang } from './formatting/lang.ts';

/** `enOne` is the English sentence used when the parameter `count` is 1. */
export interface WordingEntry {
  readonly zh: string;
  readonly en: string;
  readonly enOne?: string;
}

export type WordingParams = Readonly<Record<string, string | number>>;

export interface Wording {
  t(lang: Lang, key: string, params?: WordingParams): string;
  has(key: string): boolean;
  readonly entries: ReadonlyMap<string, WordingEntry>;
}

/**
 * Reads every wording file once: key `training.newSession` is `newSession` in training.json.
 * `t` throws, naming the key, for an unknown key, a parameter not given and a parameter the sentence does not use.
 */
export function createWording(dir: string): Wording {
  const entries = new Map<string, WordingEntry>();
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith('.json')) continue;
    const namespace = basename(file, '.json');
    for (const [name, entry] of Object.entries(readEntries(join(dir, file)))) {
      entries.set(`${namespace}.${name}`, checkEntry(`${namespace}.${name}`, entry));
    }
  }
  return {
    entries,
    has: (key) => entries.has(key),
    t: (lang, key, params = {}) => fill(key, sentence(entries, lang, key, params), params),
  };
}

/** The distinct names in braces, sorted: `{count} of {total}` gives count, total. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

function readEntries(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`The wording file ${path} is not JSON.`, { cause });
  }
}

function checkEntry(key: string, entry: unknown): WordingEntry {
  const { zh, en, enOne } = (entry ?? {}) as Partial<Record<keyof WordingEntry, unknown>>;
  if (typeof zh !== 'string' || typeof en !== 'string' || zh === '' || en === '') {
    throw new Error(`The wording ${key} needs both "zh" and "en".`);
  }
  if (placeholders(zh).join() !== placeholders(en).join()) {
    throw new Error(`The wording ${key} has different placeholders in zh and en.`);
  }
  if (enOne === undefined) return { zh, en };
  if (typeof enOne !== 'string') throw new Error(`The wording ${key} has an "enOne" that is not text.`);
  return { zh, en, enOne };
}

function sentence(
  entries: ReadonlyMap<string, WordingEntry>,
  lang: Lang,
  key: string,
  params: WordingParams,
): string {
  const entry = entries.get(key);
  if (!entry) throw new Error(`There is no wording ${key}: add it to templates/wording.`);
  if (lang === 'en' && entry.enOne !== undefined && params['count'] === 1) return entry.enOne;
  return entry[lang];
}

function fill(key: string, text: string, params: WordingParams): string {
  const unused = new Set(Object.keys(params));
  unused.delete('count'); // enOne may leave the number out
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    unused.delete(name);
    const value = params[name];
    if (value === undefined) throw new Error(`The wording ${key} needs the parameter ${name}.`);
    // A year is a name, not a quantity: it takes no comma.
    return typeof value === 'number' && name !== 'year' ? formatCount(value) : String(value);
  });
  if (unused.size > 0) throw new Error(`The wording ${key} does not use ${[...unused].join(', ')}.`);
  return filled;
}
