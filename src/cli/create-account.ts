// npm run account:create -- --user NAME --name "Display name" --role systemAdministrator [--area CODE]: the first account of an installation.
// The password is made here and shown once.
import { randomBytes } from 'node:crypto';
import { readConfig } from '../config.ts';
import { roles, type Role } from '../domain/accounts/actor.ts';
import { InvalidInput } from '../domain/shared/errors.ts';
import { openProduct } from '../server.ts';
import { createAccount } from '../use-cases/accounts/create-account.ts';
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
  const password = randomBytes(12).toString('base64url');
  await createAccount(product.deps, {
    actor: { accountId: 'system', name: 'command line' },
    userName,
    displayName: given.text('name') ?? userName,
    password,
    role,
    areaCode: given.text('area'),
    organisationId: given.text('organisation'),
  });
  console.log(`Account ${userName} (${role}) made. Password, shown once: ${password}`);
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
