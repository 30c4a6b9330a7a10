// A life-cycle table as a paragraph of Markdown: the guide is written from the same table the buttons come from.
import type { Lifecycle } from './record.ts';

/** A heading, a row a status with what may follow, and a diagram. */
export function describeLifecycle<Status extends string>(title: string, table: Lifecycle<Status>): string {
  const entries = Object.entries(table) as [Status, readonly Status[]][];
  const rows = entries.map(
    ([from, next]) => `| \`${from}\` | ${next.map((to) => `\`${to}\``).join(', ') || 'nothing: an end'} |`,
  );
  const arrows = entries.flatMap(([from, next]) => next.map((to) => `  ${from} --> ${to}`));
  return [
    `## ${title}`,
    '',
    '| status | may become |',
    '| --- | --- |',
    ...rows,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...arrows,
    '```',
    '',
  ].join('\n');
}
