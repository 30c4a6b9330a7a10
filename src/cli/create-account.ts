// npm run account:create -- --user NAME --name "Display name" --role systemAdministrator [--area CODE] [--organisation ID] [--new]:
// makes an account, also while the application serves, and prints the single-use link by which the person sets a password.
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '../config.ts';
import type { Deps } from '../deps.ts';
import { roles, type Role } from '../domain/accounts/actor.ts';
import { district } from '../domain/accounts/scope.ts';
import { commandLine } from '../domain/accounts/without-account.ts';
import { InvalidInput } from '../domain/shared/errors.ts';
import { openProduct } from '../server.ts';
import { createAccount, type CreateAccount } from '../use-cases/accounts/create-account.ts';
import { issueAccountLink, linkHours } from '../use-cases/accounts/issue-account-link.ts';
import { hashToken, randomToken } from '../web/kernel/tokens.ts';
import { paths } from '../web/paths.ts';
import { createWording } from '../web/wording.ts';
import { readArguments } from './arguments.ts';
import { runCommand } from './data-folder.ts';
import { holdsData, withDatabase } from './with-records.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['user', 'name', 'role', 'area', 'organisation', 'new']);
  const role = roles.find((one) => one === (given.text('role') ?? 'systemAdministrator'));
  const userName = given.text('user');
  if (role === undefined || !userName)
    throw new Error(`Say who: --user NAME --name "Display name" --role ${roles.join('|')}.`);
  const config = readConfig(process.env);
  if (!given.flag('new')) await requireRecords(config);
  const product = await openProduct(config, { production: true, beside: true });
  try {
    const link = await invite(product.deps, {
      actor: commandLine,
      userName,
      displayName: given.text('name') || userName,
      role,
      areaCode: given.text('area'),
      organisationId: given.text('organisation'),
    });
    console.log(
      `Account ${userName} (${role}) made. Its password is set, once and within ${linkHours} hours, at`,
    );
    console.log(link);
  } finally {
    await product.close();
  }
});

/** A mistyped place must not become a new installation. */
async function requireRecords(config: Config): Promise<void> {
  const { dataDir, mongodbUri } = config;
  const isThere =
    mongodbUri === null
      ? holdsData(dataDir!)
      : await withDatabase(config, async ({ db }) => (await db!.listCollections().toArray()).length > 0);
  if (!isThere)
    throw new Error(
      `There are no records ${mongodbUri === null ? `in ${dataDir}` : 'in the database of MONGODB_URI'}. Correct the setting; or, if an installation begins there, start the application first, or add --new.`,
    );
}

/** Makes the account and answers the address of its link; throws in words what of it cannot be taken. */
async function invite(deps: Deps, command: CreateAccount & { readonly role: Role }): Promise<string> {
  const { actor } = command;
  try {
    const id = await createAccount(deps, command);
    const token = randomToken(32);
    const account = await deps.accounts.get(district, id);
    await issueAccountLink(deps, { actor, account, tokenHash: hashToken(token) });
    return deps.config.publicUrl + paths.accountLink(token);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const wording = createWording(fileURLToPath(new URL('../../templates/wording/', import.meta.url)));
    const options = { userName: '--user', areaCode: '--area', organisationId: '--organisation' };
    const sentences = error.problems.map(({ field, code }) =>
      [options[field as keyof typeof options] ?? field, wording.t('en', code)].join(': '),
    );
    throw new Error(sentences.join('\n'), { cause: error });
  }
}
