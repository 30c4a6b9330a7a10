// The page of permissions: every action as a sentence, with a mark under each role that may.
import { roles, type Role } from '../domain/accounts/actor.ts';
import { grantOf, permissions, type Action } from '../domain/accounts/permissions.ts';
import type { Route } from '../web/kernel/route.ts';

/** The page in Markdown: a table of actions by roles, then the routes that ask no permission and why that is right. */
export function permissionPage(
  roleName: (role: Role, lang: 'zh' | 'en') => string,
  routes: readonly Pick<Route, 'method' | 'path' | 'permission'>[],
): string {
  const actions = Object.keys(permissions) as Action[];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const open = (permission: 'public' | 'signedIn') =>
    routes
      .filter((route) => route.permission === permission)
      .map((route) => `- \`${route.method.toUpperCase()} ${route.path}\``);
  return [
    '# Who may do what',
    '',
    'Written by `npm run permissions` from `src/domain/accounts/permissions`; a test keeps it true. A mark says that the role may; on whose',
    'records is the scope of the account ([ADR 6](adr/0006-scope-of-the-viewer.md)), and nobody decides what they had a part in',
    '(`src/domain/accounts/second-person.ts`). Holders and the public have no account: what they reach is the list at the end.',
    '',
    line(['Column', 'Role', '角色']),
    line(['---', '---', '---']),
    ...roles.map((role) => line([numberOf(role), roleName(role, 'en'), roleName(role, 'zh')])),
    '',
    line(['A person of this role may …', 'Permission', ...roles.map(numberOf)]),
    line(['---', '---', ...roles.map(() => ':-:')]),
    ...actions.map((action) => {
      const grant = grantOf(action);
      return line([
        grant.sentence,
        `\`${action}\``,
        ...roles.map((role) => (grant.roles.includes(role) ? '●' : '')),
      ]);
    }),
    '',
    '## Open to every signed-in account, for its own records alone',
    '',
    ...open('signedIn'),
    '',
    '## Open to everybody',
    '',
    ...open('public'),
    '',
  ].join('\n');
}

/** The column of a role in the table. */
function numberOf(role: Role): string {
  return String(roles.indexOf(role) + 1);
}
