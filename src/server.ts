// Puts the running product together: key file, database, parts, application, port; stop undoes all of it.
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { startCheckpointWriter } from './checkpoint-writer.ts';
import { closeGently } from './close-gently.ts';
import { ConfigError, type Config } from './config.ts';
import { createDeps, type Deps } from './deps.ts';
import { startJobRunner } from './job-runner.ts';
import { jobWorks } from './job-works.ts';
import { startNightlyWorks } from './nightly-works.ts';
import { demoWorks, recurringWorks } from './recurring-works.ts';
import { createLog, type Log } from './log.ts';
import { clockDifference } from './persistence/clock-difference.ts';
import { connect, type Connection } from './persistence/connection.ts';
import { isDemo, markDemo } from './persistence/demo-mark.ts';
import { openKeys } from './persistence/open-keys.ts';
import { joinDatabase, openDatabase } from './reach-database.ts';
import { startSealer } from './sealer.ts';
import { readDemoMarker } from './demo-marker.ts';
import { settleFormerAdministrators } from './use-cases/accounts/settle-former-administrators.ts';

export interface RunningServer {
  readonly url: string;
  readonly deps: Deps;
  stop(): Promise<void>;
}

export interface OpenProduct {
  readonly deps: Deps;
  readonly uri: string;
  close(): Promise<void>;
}

/** The parts of the product over its database, without pages; for commands and for startServer. */
export async function openProduct(
  config: Config,
  options: {
    production?: boolean;
    demo?: boolean;
    /** Beside the application, whose database is joined while it serves. */
    beside?: boolean;
    durable?: boolean;
    expire?: boolean;
    now?: () => Date;
    passwordCost?: number;
    newId?: () => string;
  } = {},
): Promise<OpenProduct> {
  if (config.dataDir !== null && options.production && readDemoMarker(config.dataDir) !== null) {
    throw new ConfigError([
      `SKILLROLL_DATA names a demo folder (${config.dataDir}). Choose another folder, or run: npm run demo -- --data ${config.dataDir}`,
    ]);
  }
  const log = createLog(config.logLevel);
  const database = options.beside
    ? await joinDatabase(config)
    : await openDatabase(config, {
        progress: (build) => log.info(build, 'building an index'),
        durable: options.durable ?? true,
        expire: options.expire ?? true,
      });
  let connection: Connection | null = null;
  const close = async () => {
    await connection?.close();
    await database.stop();
  };
  try {
    connection = await connect(database.uri, database.name);
    if (options.demo) await markDemo(connection.db!);
    else if (options.production && (await isDemo(connection.db!)))
      throw new ConfigError([
        `${config.mongodbUri === null ? `SKILLROLL_DATA (${config.dataDir})` : 'MONGODB_URI'} names the records of a demo, whose passwords everybody knows. Choose other data.`,
      ]);
    if (config.mongodbUri !== null) await warnOfClock(connection, log);
    const deps = await createDeps(config, connection, {
      cipher: await openKeys(connection, config.keyFile, { make: true }),
      log,
      demo: options.demo ?? false,
      ...(options.now ? { now: options.now } : {}),
      ...(options.passwordCost ? { passwordCost: options.passwordCost } : {}),
      ...(options.newId ? { newId: options.newId } : {}),
    });
    return { deps, uri: database.uri, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the machines on one database may differ by (docs/deployment.md). */
const secondsApart = 10;

async function warnOfClock(connection: Connection, log: Log): Promise<void> {
  const ahead = await clockDifference(connection, () => new Date());
  if (Math.abs(ahead) > secondsApart)
    log.warn(
      { secondsAhead: ahead },
      'The clock of this machine is not that of the database: one-time codes are refused, jobs wait, and figures miss what was stamped. Set both by NTP.',
    );
}

/** The product serving on its port; rejects with a sentence when the port is taken or the data folder is in use. */
export async function startServer(
  config: Config,
  options: { production?: boolean; demo?: boolean } = {},
): Promise<RunningServer> {
  const product = await openProduct(config, options);
  await settleFormerAdministrators(product.deps);
  const works = [
    startJobRunner(product.deps, jobWorks),
    startSealer(product.deps),
    startCheckpointWriter(product.deps),
    startNightlyWorks(product.deps, options.demo ? demoWorks : recurringWorks),
  ];
  const stopWorks = () => Promise.all(works.map((work) => work.stop()));
  const app = createApp(product.deps);
  const server = app.listen(config.port, config.host);
  const close = closeGently(server);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', reject);
    });
  } catch (error) {
    await stopWorks();
    await product.close();
    if ((error as { code?: string }).code === 'EADDRINUSE')
      throw new Error(`Port ${config.port} is taken. Choose another with PORT or --port.`, { cause: error });
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host}:${port}`,
    deps: product.deps,
    async stop() {
      await close();
      await stopWorks();
      await product.close();
    },
  };
}
