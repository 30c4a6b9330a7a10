// Puts the running product together: key file, database, parts, application, port; stop undoes all of it.
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { ConfigError, type Config } from './config.ts';
import { createDeps, type Deps } from './deps.ts';
import { start } from './embedded-db/index.ts';
import { createLog } from './log.ts';
import { ensureKeyFile, readCipher } from './persistence/cipher.ts';
import { connect } from './persistence/connection.ts';
import { readDemoMarker } from './demo-marker.ts';

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
export async function openProduct(config: Config, options: { production?: boolean; durable?: boolean; now?: () => Date; passwordCost?: number } = {}): Promise<OpenProduct> {
  if (config.dataDir !== null && options.production && readDemoMarker(config.dataDir) !== null) {
    throw new ConfigError([`SKILLROLL_DATA names a demo folder (${config.dataDir}). Choose another folder, or run: npm run demo -- --data ${config.dataDir}`]);
  }
  ensureKeyFile(config.keyFile);
  const cipher = readCipher(config.keyFile);
  const database = config.mongodbUri === null ? await start({ dir: config.dataDir!, durable: options.durable ?? true }) : null;
  const uri = config.mongodbUri ?? database!.uri;
  try {
    const connection = await connect(uri, config.mongodbUri === null ? 'skillroll' : undefined);
    const deps = await createDeps(config, connection, {
      cipher,
      log: createLog(config.logLevel),
      ...(options.now ? { now: options.now } : {}),
      ...(options.passwordCost ? { passwordCost: options.passwordCost } : {}),
    });
    return {
      deps,
      uri,
      async close() {
        await connection.close();
        await database?.stop();
      },
    };
  } catch (error) {
    await database?.stop();
    throw error;
  }
}

/** The product serving on its port; rejects with a sentence when the port is taken or the data folder is in use. */
export async function startServer(config: Config, options: { production?: boolean; demo?: boolean } = {}): Promise<RunningServer> {
  const product = await openProduct(config, options);
  const app = createApp(product.deps, { demo: options.demo ?? false });
  const server = app.listen(config.port, config.host);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve);
      server.once('error', reject);
    });
  } catch (error) {
    await product.close();
    if ((error as { code?: string }).code === 'EADDRINUSE') throw new Error(`Port ${config.port} is taken. Choose another with PORT or --port.`, { cause: error });
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host}:${port}`,
    deps: product.deps,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 3_000).unref();
      await closed;
      await product.close();
    },
  };
}
