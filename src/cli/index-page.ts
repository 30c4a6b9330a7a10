// The page of indexes: every collection with its indexes, and whether a sharded cluster may spread it.
import type { IndexSpec } from '../persistence/moving/survey.ts';

export interface IndexedCollection {
  readonly name: string;
  /** Without the one on _id. */
  readonly indexes: readonly IndexSpec[];
}

/** The page in Markdown. MongoDB lets a unique key into a sharded collection only if it begins with the shard key. */
export function indexPage(collections: readonly IndexedCollection[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const sorted = [...collections].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Indexes',
    '',
    'Written by `npm run indexes` from a database that the product made; a test keeps it true. The application makes what is missing at',
    'each start. Besides these, every collection has the unique one on `_id`. How to read the last column: [deployment](deployment.md#sharded-cluster).',
    '',
    line(['Collection', 'Indexes', 'On a sharded cluster']),
    line(['---', '---', '---']),
    ...sorted.map(({ name, indexes }) =>
      line([`\`${name}\``, indexes.map(inWords).join('<br>'), placeOf(indexes)]),
    ),
    '',
  ].join('\n');
}

function holdsAll({ key, partialFilterExpression, sparse }: IndexSpec, first: string): boolean {
  return Object.keys(key)[0] === first && partialFilterExpression === undefined && sparse !== true;
}

function inWords({ key, unique, sparse, partialFilterExpression, expireAfterSeconds }: IndexSpec): string {
  const notes = [
    ...(unique === true ? ['unique'] : []),
    ...(sparse === true ? ['sparse'] : []),
    ...(partialFilterExpression === undefined
      ? []
      : [`only where ${JSON.stringify(partialFilterExpression)}`]),
    ...(expireAfterSeconds === undefined ? [] : [`expires after ${expireAfterSeconds} s`]),
  ];
  return `\`${keyInWords(key)}\`${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function keyInWords(key: IndexSpec['key']): string {
  return Object.entries(key)
    .map(([path, direction]) => (direction === 1 ? path : `${path} ↓`))
    .join(', ');
}

function placeOf(indexes: readonly IndexSpec[]): string {
  const unique = indexes.filter((index) => index.unique === true);
  const [only, ...others] = unique;
  if (only === undefined) return 'by `_id`, hashed';
  const [parent = ''] = Object.keys(only.key);
  // Children of one parent: its id spreads them, questions about them name it, and it begins an index that holds them all.
  if (others.length === 0 && parent.endsWith('Id') && indexes.some((index) => holdsAll(index, parent)))
    return `by \`${parent}\``;
  return `whole: ${unique.map(({ key }) => `\`${keyInWords(key)}\``).join(' and ')}`;
}
