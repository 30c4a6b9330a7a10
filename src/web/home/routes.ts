// The front page with its three doors, the home of signed-in staff, and the machine's health address.
import type { Deps } from '../../deps.ts';
import { get, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { presentHome } from './present-home.ts';

export function homeRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.front.pattern, 'public', (exchange) =>
      exchange.page('home/front', exchange.t('home.frontTitle'), {
        doors: {
          check: paths.newCheck(),
          find: paths.newFind(),
          signIn: exchange.viewer === null ? paths.signIn() : paths.home(),
        },
      }),
    ),
    get(paths.home.pattern, 'signedIn', async (exchange) => {
      exchange.page('home/home', exchange.t('home.title'), await presentHome(deps, exchange));
    }),
    get(paths.health.pattern, 'public', async (exchange) => {
      await deps.serials.last('health');
      exchange.response.json({ status: 'ok' });
    }),
  ];
}
