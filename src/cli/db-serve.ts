// npm run db:serve -- --data DIR [--port N | --socket PATH]: opens the embedded database to other MongoDB clients of this
// machine, with a user and a password made for the run, while the application is stopped.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { credentialsForRun } from '../embedded-db/auth/scram-sha-256.ts';
import { start } from '../embedded-db/index.ts';
import { embeddedName } from '../reach-database.ts';
import { isPort, readArguments, type Arguments } from './arguments.ts';
import { dataFolder, runCommand } from './data-folder.ts';

await runCommand(async () => {
  const given = readArguments(process.argv.slice(2), ['data', 'port', 'socket']);
  const dir = dataFolder(given, 'Other clients reach it there.');
  const listen = placeOf(given);
  if (!existsSync(join(dir, 'data.mdb'))) throw new Error(`There is no data in ${dir}.`);
  const ended = endAsked();
  const server = await start({
    dir,
    expire: false,
    progress: ({ collection, index, done, total }) =>
      console.log(`Index ${index} of ${collection}: ${done} of ${total} documents`),
    door: { listen, credentials: credentialsForRun() },
  });
  console.log(`${dir} is open to MongoDB clients of this machine, until Ctrl+C, at`);
  console.log(server.uri.replace('/?', `/${embeddedName}?`));
  console.log(
    'Whoever has this address reads and changes everything, past every rule of the application. It ends with this command.',
  );
  await ended;
  await server.stop();
  console.log('Closed.');
});

function placeOf(given: Arguments): { port: number } | { socketPath: string } {
  const port = given.number('port');
  const socket = given.text('socket');
  if (socket === null) {
    if (port !== null && !isPort(port))
      throw new Error('--port needs a whole number up to 65535; 0, or none at all, takes one that is free.');
    return { port: port ?? 0 };
  }
  if (port !== null) throw new Error('Say either --port or --socket.');
  if (socket === '') throw new Error('Say which socket: --socket PATH.');
  return { socketPath: resolve(socket) };
}

function endAsked(): Promise<void> {
  return new Promise((resolveEnd) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolveEnd());
  });
}
