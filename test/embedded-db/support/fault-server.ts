// Serves a directory until its standard input ends; prints the address, or why it cannot.
import { start } from '../../../src/embedded-db/index.ts';

try {
  const server = await start({ dir: process.argv[2]! });
  process.stdout.write(`${server.uri}\n`);
  process.stdin.resume().on('end', () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
