// {{#within "card" title=(t "…")}} … {{/within}}: draws a partial around a block; the partial prints it as {{body}}.
import Handlebars from 'handlebars';
import type { Helper, HelperOptions, HelperTools } from './helper-tools.ts';

/** The named partial with the arguments given and the block, drawn in the page's own context, as `body`. */
export function createWithin({ partial }: HelperTools): Helper {
  return function within(this: unknown, name: string, options: HelperOptions) {
    const body = new Handlebars.SafeString(options.fn(this));
    return new Handlebars.SafeString(
      partial(name)({ ...options.hash, body }, { data: options.data as object }),
    );
  };
}
