// The claim slips' template: how many on a page, colours, both languages' words.
import { readTemplate } from './read-template.ts';
import type { Words } from './text/words.ts';

export interface ClaimSlipsTemplate {
  /** Padding in millimetres. */
  readonly geometry: { readonly columns: number; readonly rows: number; readonly padding: number };
  readonly colours: Readonly<Record<'ink' | 'soft' | 'blue' | 'line' | 'ground' | 'seal', string>>;
  readonly words: Readonly<
    Record<
      | 'document'
      | 'title'
      | 'code'
      | 'validUntil'
      | 'stepOpen'
      | 'stepEnter'
      | 'stepTake'
      | 'keep'
      | 'sample',
      Words
    >
  >;
}

export function claimSlipsTemplate(): ClaimSlipsTemplate {
  return readTemplate<ClaimSlipsTemplate>('claim-slips-1');
}
