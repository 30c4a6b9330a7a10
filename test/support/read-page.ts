// What a page's markup says without a browser: where it links to, its words, and which elements stand in which.
import { createHash } from 'node:crypto';

export interface Words {
  /** The element they stand in, `column` for a heading of a column. */
  readonly tag: string;
  readonly text: string;
}

export interface ReadPage {
  readonly links: readonly string[];
  /** Text and spoken or hinted attributes in the page's own language, without what is marked as not to be translated. */
  readonly words: readonly Words[];
  /** A digest of each element with all it stands in: tags, classes, types and roles. What repeats is here once. */
  readonly places: ReadonlySet<string>;
}

interface Open {
  readonly tag: string;
  /** What its words are said to stand in. */
  readonly as: string;
  readonly place: string;
  readonly foreign: boolean;
}

const token = /<!doctype[^>]*>|<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|([^<]+)/g;
const attribute = /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;
const empty = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);
const spoken = ['aria-label', 'title', 'placeholder', 'alt'];

/** Reads a whole page as the product writes it: every element closed, attributes in quotes. */
export function readPage(html: string): ReadPage {
  const links: string[] = [];
  const words: Words[] = [];
  const root: Open = { tag: '', as: '', place: '', foreign: false };
  const open = [root];
  const places = new Set<string>();
  const say = (tag: string, text: string, foreign: boolean) => {
    const said = decode(text).trim();
    if (said !== '' && !foreign) words.push({ tag, text: said });
  };
  for (const [, closing, tag, given = '', text] of html.matchAll(token)) {
    const at = open.at(-1)!;
    if (text !== undefined) {
      if (at.tag !== 'script' && at.tag !== 'style') say(at.as, text, at.foreign);
      continue;
    }
    if (tag === undefined) continue;
    if (closing === '/') {
      if (at.tag === tag) open.pop();
      continue;
    }
    const attributes = new Map(
      [...given.matchAll(attribute)].map(([, name, ...values]) => [
        name!,
        values.find((one) => one !== undefined) ?? '',
      ]),
    );
    const foreign =
      at.foreign || attributes.get('translate') === 'no' || (attributes.has('lang') && tag !== 'html');
    for (const name of spoken) say(tag, attributes.get(name) ?? '', foreign);
    if (tag === 'a' && attributes.has('href')) links.push(decode(attributes.get('href')!));
    const as = tag === 'th' && attributes.get('scope') === 'col' ? 'column' : tag;
    const place = digest(`${at.place} ${headOf(tag, attributes)}`);
    places.add(place);
    if (!empty.has(tag) && !given.endsWith('/')) open.push({ tag, as, place, foreign });
  }
  return { links, words, places };
}

/** What of an element a look at it can depend on: not its words, ids, addresses and values. */
function headOf(tag: string, attributes: ReadonlyMap<string, string>): string {
  const named = [...attributes]
    .filter(([name]) => /^(class|type|role|lang|hidden|open|tabindex|disabled|aria-.*|alt|title)$/.test(name))
    .map(([name, value]) => (/^(class|type|role)$/.test(name) ? `${name}=${value}` : name));
  return `${tag} ${named.sort().join(' ')}`;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('base64url').slice(0, 12);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

function decode(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, ten: string, name: string) =>
    name === undefined
      ? String.fromCodePoint(hex === undefined ? Number(ten) : parseInt(hex, 16))
      : (entities[name] ?? whole),
  );
}
