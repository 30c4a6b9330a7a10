// Follows links and filter forms through all pages an account reaches, one address of each kind.
import type { Deps } from '../../../src/deps.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import type { Visitor } from '../../support/browse.ts';

const patterns = allRoutes({} as Deps)
  .filter((route) => route.method === 'get')
  .map(({ path }) => ({
    path,
    literal: !path.includes(':'),
    matches: new RegExp(`^${path.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
  }))
  .sort((a, b) => Number(b.literal) - Number(a.literal));

/** Answers that do not end by themselves. */
const endless = /\/events$/;
/** Patterns of all pages and files. */
export const pagePatterns: readonly string[] = patterns
  .map(({ path }) => path)
  .filter((path) => !endless.test(path));
const perKind = 1;
const perPattern = 8;
const isFile = /\.(pdf|zip|csv|xlsx|:format)$|\/(template|file|error-file)$/;

/** Pages visited so far by anybody. */
export interface Visited {
  /** Patterns answered without an error. */
  readonly patterns: Set<string>;
  /** What failed (5xx): status and address. */
  readonly failures: string[];
  /** Files cost seconds: one of each is enough. */
  readonly files: Set<string>;
}

/** Visits what `from` leads to. */
export async function crawl(visitor: Visitor, from: readonly string[], visited: Visited): Promise<void> {
  const taken = new Map<string, number>();
  const seen = new Set<string>();
  const waiting: string[] = [];
  const offer = (address: string): void => {
    if (seen.has(address)) return;
    seen.add(address);
    const kind = kindOf(address);
    const pattern = patternOf(address);
    if (kind === null || pattern === undefined) return;
    const [ofKind, ofPattern] = [taken.get(kind) ?? 0, taken.get(pattern) ?? 0];
    if (ofKind >= perKind || ofPattern >= perPattern) return;
    taken.set(kind, ofKind + 1).set(pattern, ofPattern + 1);
    waiting.push(address);
  };
  from.forEach(offer);
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const { html, location } = await visit(visitor, address, visited);
    if (location !== null) offer(location);
    for (const link of links(html)) offer(link);
    for (const link of formAddresses(html, address)) offer(link);
  }
}

/** Visits one address; its page, or where it leads instead. */
export async function visit(
  visitor: Visitor,
  address: string,
  visited: Visited,
): Promise<{ html: string; location: string | null }> {
  const pattern = patternOf(address)!;
  const nothing = { html: '', location: null };
  if (isFile.test(pattern) && visited.files.has(pattern)) return nothing;
  const answer = await visitor.get(address);
  if (answer.status >= 500) visited.failures.push(`${answer.status} ${address}`);
  if (answer.status >= 400) return nothing;
  visited.patterns.add(pattern);
  if (isFile.test(pattern)) visited.files.add(pattern);
  const isPage = (answer.headers.get('content-type') ?? '').includes('html');
  return { html: isPage ? answer.text : '', location: answer.location };
}

const pathOf = (address: string): string => address.split(/[?#]/)[0]!;
/** A page names a hundred addresses, most of them named before, and there are hundreds of patterns to try. */
const known = new Map<string, string | undefined>();
function patternOf(address: string): string | undefined {
  const path = pathOf(address);
  if (!known.has(path)) known.set(path, patterns.find(({ matches }) => matches.test(path))?.path);
  return known.get(path);
}

/** Addresses of one route with the same parameters ask the same question; null for what is not of this site. */
function kindOf(address: string): string | null {
  const pattern = address.startsWith('/') ? patternOf(address) : undefined;
  if (pattern === undefined || endless.test(pattern)) return null;
  const names = [...new URLSearchParams(address.split('#')[0]!.split('?')[1] ?? '')]
    .filter(([, value]) => value !== '')
    .map(([name, value]) =>
      name === 'sort' || name === 'status' || name === 'state' ? `${name}=${value}` : name,
    );
  return `${pattern}?${[...new Set(names)].sort().join('&')}`;
}

const decode = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').replaceAll('&quot;', '"');

function links(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map((match) => decode(match[1]!));
}

/** What the filter forms of a page can ask: each field alone with up to four of its values, and all at once. */
function formAddresses(html: string, at: string): string[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(
    ([, attributes = '', inside = '']) => {
      if (!/method="get"/.test(attributes)) return [];
      const action = decode(/action="([^"]*)"/.exec(attributes)?.[1] ?? pathOf(at));
      const fields = [...selects(inside), ...inputs(inside)];
      const alone = fields.flatMap(([name, values]) => values.slice(0, 4).map((value) => [[name, value]]));
      const together = [fields.flatMap(([name, values]) => values.slice(0, 1).map((value) => [name, value]))];
      return [...alone, ...together].map(
        (chosen) => `${pathOf(action)}?${new URLSearchParams(chosen as [string, string][]).toString()}`,
      );
    },
  );
}

function selects(html: string): [string, string[]][] {
  return [...html.matchAll(/<select\b[^>]*\sname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)].map(
    ([, name, options]) => [
      name!,
      [...options!.matchAll(/<option\b[^>]*\svalue="([^"]+)"/g)].map((match) => decode(match[1]!)),
    ],
  );
}

function inputs(html: string): [string, string[]][] {
  return [...html.matchAll(/<input\b[^>]*>/g)].flatMap(([input]): [string, string[]][] => {
    const name = /\sname="([^"]*)"/.exec(input)?.[1];
    const type = /\stype="([^"]*)"/.exec(input)?.[1] ?? 'text';
    const value = decode(/\svalue="([^"]*)"/.exec(input)?.[1] ?? '');
    if (name === undefined || type === 'submit') return [];
    if (value !== '') return [[name, [value]]];
    return [[name, [type === 'date' ? '2021-05-06' : type === 'number' ? '2021' : '王']]];
  });
}
