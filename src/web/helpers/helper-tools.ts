// What a helper may use: the wording, the partials, and the frame of the page being drawn.
import type Handlebars from 'handlebars';
import type { Frame } from '../frame.ts';
import type { Wording } from '../wording.ts';

export interface HelperTools {
  readonly wording: Wording;
  partial(name: string): (context: unknown, options: { data: object }) => string;
}

export type Helper = (...args: never[]) => unknown;
export type HelperOptions = Handlebars.HelperOptions;

/** The frame handed to render; helpers read the language from it. */
export function frameOf(options: HelperOptions): Frame {
  return (options.data as { frame: Frame }).frame;
}

/** Throws a sentence when a helper got something it cannot print. */
export function refuse(helper: string, value: unknown): never {
  throw new Error(`{{${helper}}} cannot print ${value === undefined ? 'a missing value' : String(value)}.`);
}
