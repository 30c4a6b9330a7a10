// npm run routes: every route with method, path and permission.
import { allRoutes } from '../web/routes.ts';
import type { Deps } from '../deps.ts';

// Routes are a list made from parts they do not touch until a request comes.
const routes = allRoutes({} as Deps);
const width = Math.max(...routes.map((route) => route.path.length));
for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : 1))) {
  console.log(`${route.method.toUpperCase().padEnd(5)}${route.path.padEnd(width + 2)}${route.permission}`);
}
