// {{t "training.newSession"}}  {{t "shared.button.importPeople" count=38}}  {{t labelKey}}
import type { Helper, HelperOptions, HelperTools } from './helper-tools.ts';
import { frameOf, refuse } from './helper-tools.ts';

/** The sentence in the page's language; parameters are named and escaped by the template. */
export function createT({ wording }: HelperTools): Helper {
  return (key: unknown, options: HelperOptions): string => {
    if (typeof key !== 'string') refuse('t', key);
    for (const [name, value] of Object.entries(options.hash as Record<string, unknown>)) {
      if (typeof value !== 'string' && typeof value !== 'number') refuse(`t "${key}" ${name}`, value);
    }
    return wording.t(frameOf(options).lang, key, options.hash as Record<string, string | number>);
  };
}
