// The component page: every partial in the reader's language and theme.
import { get, type Route } from '../kernel/route.ts';
import { presentSamples } from './present-samples.ts';

export function styleRoutes(): readonly Route[] {
  return [
    get('/styles', 'public', (exchange) =>
      exchange.page(
        'styles/components',
        exchange.t('styles.title'),
        presentSamples(exchange.lang, exchange.site.wording),
      ),
    ),
  ];
}
