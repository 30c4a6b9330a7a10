// The demo year served in a process of its own, for benches over HTTP.
import { spawn, type ChildProcess } from 'node:child_process';

export interface Served {
  readonly url: string;
  /** Cookies of a signed-in persona, as a header. */
  signIn(userName: string): Promise<string>;
  /** From starting the process to its first answered request, in milliseconds. */
  readonly startedIn: number;
  stop(): Promise<void>;
}

/** Starts a script and waits until the address it prints answers. */
export async function serve(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const started = performance.now();
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const url = await addressOf(child);
  await fetch(`${url}/health`);
  return {
    url,
    startedIn: performance.now() - started,
    signIn: (userName) => cookiesOf(url, userName),
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (part: Buffer) => {
      out += String(part);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out);
      if (found !== null) resolve(found[0]);
    });
    child.once('close', () => reject(new Error(`It ended before it served: ${out}`)));
  });
}

async function cookiesOf(url: string, userName: string): Promise<string> {
  const page = await fetch(`${url}/session/new`);
  const cookies = page.headers.getSetCookie().map((line) => line.split(';')[0]!);
  const html = await page.text();
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const answer = await fetch(`${url}/session`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; ') },
    body: new URLSearchParams({
      userName,
      password: 'Skillroll-2021',
      _csrf: field('_csrf'),
      _key: field('_key'),
    }),
  });
  if (answer.status !== 303) throw new Error(`${userName} could not sign in: ${answer.status}`);
  return [...cookies, ...answer.headers.getSetCookie().map((line) => line.split(';')[0]!)].join('; ');
}
