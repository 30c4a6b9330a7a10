// Serves the product on a folder until it is told to stop; the full-disk test starts it with a limit on how large a file
// may grow. Prints its address, a session and the user name of its centre's staff, once the disk is nearly full.
import { StoreFull } from '../../src/domain/shared/errors.ts';
import { developmentConfig } from '../../src/config.ts';
import { startServer } from '../../src/server.ts';
import { aSession } from '../support/rosters.ts';

const dir = process.argv[2]!;
const server = await startServer(
  developmentConfig({
    dataDir: dir,
    port: 0,
    publicUrl: 'http://skillroll.test',
    sessionSecret: 'a secret for the tests only, 32+',
    keyFile: `${dir}.key`,
    logLevel: 'silent',
  }),
);
const { deps } = server;
const { session, staff } = await aSession(deps, {
  startsOn: '2027-05-06',
  endsOn: '2027-06-10',
  capacity: 200,
});
await fill();
process.stdout.write(
  `${JSON.stringify({ url: server.url, sessionId: session.id, userName: staff.userName })}\n`,
);
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));

/** Keeps files until one more does not fit, so that the last few hundred kilobytes are left. */
async function fill(): Promise<void> {
  for (;;)
    try {
      await deps.transaction(() =>
        deps.keptFiles.keep({
          name: 'ballast',
          type: 'text/plain',
          bytes: new Uint8Array(500_000),
          at: deps.now(),
        }),
      );
    } catch (error) {
      if (error instanceof StoreFull) return;
      throw error;
    }
}
