// npm run demo: makes the demo year once, keeps it, prints who can sign in, and serves it.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { developmentConfig } from '../config.ts';
import { readDemoMarker, writeDemoMarker, type DemoMarker } from '../demo-marker.ts';
import { dayOf } from '../domain/shared/calendar-day.ts';
import { DirectoryInUse } from '../embedded-db/index.ts';
import { newId } from '../persistence/ids.ts';
import { makeDemo } from '../persistence/seeds/demo/make-demo.ts';
import { preparePersonas } from '../persistence/seeds/demo/personas.ts';
import { createRandom } from '../persistence/seeds/demo/random.ts';
import { openProduct, startServer } from '../server.ts';
import { isPort, readArguments } from './arguments.ts';
import { showProgress } from './progress.ts';
import { printTable } from './table.ts';

const version = '6';
const seed = 20210507;

try {
  await run();
} catch (error) {
  const known = error instanceof DirectoryInUse;
  console.error(
    known
      ? `${error.message}`
      : error instanceof Error
        ? process.env.DEBUG
          ? error.stack
          : error.message
        : error,
  );
  process.exit(known ? 75 : 1);
}

async function run(): Promise<void> {
  const given = readArguments(process.argv.slice(2), ['data', 'port', 'scale', 'seed-only']);
  const dir = resolve(given.text('data') ?? process.env.SKILLROLL_DATA ?? 'data/demo');
  const port = given.number('port') ?? Number(process.env.PORT || 3000);
  if (!isPort(port))
    throw new Error('--port, or PORT, needs a whole number up to 65535; 0 takes one that is free.');
  const wanted = given.number('scale');
  const scale = wanted ?? 1;
  // Of fewer people some lists would be empty, which no rule lets through.
  if (!(scale >= 0.005 && scale <= 2)) throw new Error('--scale needs a number from 0.005 to 2.');
  const config = developmentConfig({
    dataDir: dir,
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    sessionSecret: 'the demo holds invented people only, so this is no secret',
    keyFile: `${dir}.key`,
    unusedDays: 36_500,
    requestsPerMinute: Number(process.env.REQUESTS_A_MINUTE ?? 600),
    formsPerMinute: Number(process.env.FORMS_A_MINUTE ?? 60),
  });
  const marker = readDemoMarker(dir);
  const isMade = marker?.complete === true && marker.version === version;
  if (isMade && wanted !== null && wanted !== marker.scale)
    throw new Error(
      `${dir} holds the demo year at scale ${marker.scale}. Leave --scale out to serve it, or choose an empty folder with --data.`,
    );
  if (!isMade) await make(dir, marker, { ...config, logLevel: 'error' }, scale);
  if (given.flag('seed-only')) {
    console.log(`The demo year is in ${dir}.`);
    return;
  }
  const server = await startServer(config, { demo: true });
  const personas = await preparePersonas(server.deps);
  console.log(`\nSkillroll shows its demo year at ${server.url}\n`);
  printTable(['Role', 'User name', 'Password', 'Code', 'Try first'], personas);
  console.log('\nA code lasts about a minute and opens one session; a later one: npm run demo:code -- NAME');
  console.log('\nCtrl-C stops it.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.log('\nStopping…');
      void server.stop().then(() => process.exit(0));
    });
  }
}

async function make(
  dir: string,
  marker: DemoMarker | null,
  config: Parameters<typeof openProduct>[0],
  scale: number,
): Promise<void> {
  if (marker === null && existsSync(dir) && readdirSync(dir).length > 0) {
    throw new Error(`${dir} holds other data. Choose an empty folder with --data.`);
  }
  // From the first byte on the folder says what it is, so that one left half-made is made anew.
  const unfinished = { seed, scale, version, complete: false };
  if (marker === null) writeDemoMarker(dir, unfinished);
  // A lock of a living process refuses here, before anything is removed.
  const probe = await openProduct(config, { demo: true, durable: false });
  await probe.close();
  rmSync(dir, { recursive: true, force: true });
  writeDemoMarker(dir, unfinished);
  const random = createRandom(seed + 1);
  let made = 0;
  const product = await openProduct(config, {
    demo: true,
    durable: false,
    expire: false,
    passwordCost: 14,
    newId: () => newId(1_577_836_800_000 + made++, random.bytes(16)),
  });
  const giveUp = () => {
    console.log('\nStopped. The next run makes the demo year anew.');
    process.exit(130);
  };
  process.on('SIGINT', giveUp).on('SIGTERM', giveUp);
  try {
    const progress = showProgress('Making the demo year (kept for later runs)');
    await makeDemo(product.deps, { seed, scale, today: dayOf(new Date()), onProgress: progress.show });
    progress.end();
    writeDemoMarker(dir, { ...unfinished, complete: true });
  } finally {
    await product.close();
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
  }
}
