// npm run permissions: writes docs/permissions.md anew.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Deps } from '../deps.ts';
import { allRoutes } from '../web/routes.ts';
import { createWording } from '../web/wording.ts';
import { permissionPage } from './permission-table.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const wording = createWording(at('templates/wording/'));
const page = permissionPage(
  (role, lang) => wording.t(lang, `accounts.role.${role}`),
  // Routes are a list made from parts they do not touch until a request comes.
  allRoutes({} as Deps),
);
writeFileSync(at('docs/permissions.md'), page);
console.log('docs/permissions.md is written.');
