// npm run account:create -- --user NAME --name "Display name" --role systemAdministrator [--area CODE]: the first account of an installation.
// Prints the single-use link by which the person sets a password.
import { readConfig } from '../config.ts';
import { roles, type Role } from '../domain/accounts/actor.ts';
import { commandLine } from '../domain/accounts/without-account.ts';
import { InvalidInput } from '../domain/shared/errors.ts';
import { openProduct } from '../server.ts';
import { district } from '../domain/accounts/scope.ts';
import { createAccount } from '../use-cases/accounts/create-account.ts';
import { issueAccountLink, linkHours } from '../use-cases/accounts/issue-account-link.ts';
import { hashToken, randomToken } from '../web/kernel/tokens.ts';
import { paths } from '../web/paths.ts';
import { readArguments } from './arguments.ts';

const given = readArguments(process.argv.slice(2), ['user', 'name', 'role', 'area', 'organisation']);
const role = roles.find((one) => one === (given.text('role') ?? 'systemAdministrator')) as Role | undefined;
const userName = given.text('user');
if (role === undefined || !userName) {
  console.error(`Say who: --user NAME --name "Display name" --role ${roles.join('|')}`);
  process.exit(64);
}
const product = await openProduct(readConfig(process.env), { production: true });
try {
  const { deps } = product;
  const id = await createAccount(deps, {
    actor: commandLine,
    userName,
    displayName: given.text('name') ?? userName,
    role,
    areaCode: given.text('area'),
    organisationId: given.text('organisation'),
  });
  const token = randomToken(32);
  const account = await deps.accounts.get(district, id);
  await issueAccountLink(deps, { actor: commandLine, account, tokenHash: hashToken(token) });
  console.log(
    `Account ${userName} (${role}) made. Its password is set, once and within ${linkHours} hours, at`,
  );
  console.log(deps.config.publicUrl + paths.accountLink(token));
} catch (error) {
  console.error(
    error instanceof InvalidInput
      ? error.problems.map((one) => `${one.field}: ${one.code}`).join('\n')
      : error,
  );
  process.exitCode = 1;
} finally {
  await product.close();
}
