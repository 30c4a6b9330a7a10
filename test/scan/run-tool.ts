// Runs a tool of the machine with a bound of time. This process stays awake meanwhile: it must go on reading what the
// product prints, or the product stops at a full pipe.
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

const path = [process.env.SCANNERS ?? '', process.env.PATH ?? ''].filter(Boolean).join(delimiter);

/** What the tool printed until it ended or its seconds were over; null when the machine has none of that name. */
export function runTool(command: string, args: readonly string[], seconds: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said += part));
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(null) : reject(error),
    );
    child.once('close', () => resolve(said));
  });
}
