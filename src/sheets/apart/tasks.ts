// What is done with a file of somebody else's in a thread apart, by name; arguments and results can be cloned.
import { appendResultColumns } from '../append-result-columns.ts';
import { readSheet } from '../read-sheet.ts';

export const tasks = { readSheet, appendResultColumns };

export type TaskName = keyof typeof tasks;

export interface Ordered {
  readonly task: TaskName;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly kind: 'started' }
  | { readonly kind: 'done'; readonly value: unknown }
  /** A SheetError, to be thrown again on the other side. */
  | { readonly kind: 'refused'; readonly code: string; readonly details: unknown }
  | { readonly kind: 'failed'; readonly message: string };
