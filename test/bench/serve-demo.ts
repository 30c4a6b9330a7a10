// The demo year served in a process of its own, for benches over HTTP.
import { spawn, type ChildProcess } from 'node:child_process';
import { demoCodeOf } from '../../src/persistence/seeds/demo/personas.ts';

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
    // A bench asks more often than any person may.
    env: { REQUESTS_A_MINUTE: '10000000', FORMS_A_MINUTE: '10000000', ...process.env, ...env },
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
  const cookies = new Map<string, string>();
  const password = 'try-the-demo-2021';
  const to = await sendForm(url, '/session/new', '/session', cookies, { userName, password });
  if (to.startsWith('/session/code')) {
    const code = demoCodeOf(userName, new Date());
    await sendForm(url, '/session/code', '/session/code', cookies, { code });
  }
  return headerOf(cookies);
}

const headerOf = (cookies: ReadonlyMap<string, string>) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Opens a form, sends it, keeps its cookies, and returns where it leads. */
async function sendForm(
  url: string,
  from: string,
  to: string,
  cookies: Map<string, string>,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    return response;
  };
  const page = keep(await fetch(url + from, { headers: { cookie: headerOf(cookies) } }));
  const html = await page.text();
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const answer = keep(
    await fetch(url + to, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: headerOf(cookies) },
      body: new URLSearchParams({ ...fields, _csrf: field('_csrf'), _key: field('_key') }),
    }),
  );
  if (answer.status !== 303) throw new Error(`Could not sign in: ${to} answered ${answer.status}`);
  return answer.headers.get('location') ?? '';
}
