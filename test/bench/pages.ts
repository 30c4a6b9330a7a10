// Pages over HTTP: the year against the aggregation it replaces, the check page and a list against bare Express and
// Handlebars, and the cold start against Express alone.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/persistence/connection.ts';
import { joinDatabase } from '../../src/reach-database.ts';
import { aggregateYear } from './aggregate-year.ts';
import { inTurn, median, ms, type Measured } from './measure.ts';
import { serve, type Served } from './serve-demo.ts';

const demo = 'src/cli/demo.ts';
const port = () => String(20_000 + Math.floor(Math.random() * 20_000));

export async function benchPages(dir: string, turns: number): Promise<Measured[]> {
  const served = await serve(demo, ['--data', dir, '--port', port()]);
  try {
    return [
      await benchYear(dir, served, turns),
      await benchAgainstPlain(served, 'list page (50 training sessions)', {
        path: '/training-sessions?year=2021',
        cookie: await served.signIn('officer'),
        requests: turns * 20,
      }),
      await benchAgainstPlain(served, 'check page, from many addresses', {
        path: await aCheckPath(served),
        cookie: '',
        requests: turns * 20,
      }),
    ];
  } finally {
    await served.stop();
  }
}

async function benchYear(dir: string, served: Served, turns: number): Promise<Measured> {
  const cookie = await served.signIn('officer');
  const page = () => get(`${served.url}/years/2021`, cookie);
  await page();
  const database = await joinDatabase({ dataDir: dir, mongodbUri: null });
  const connection = await connect(database.uri, database.name);
  try {
    const counted = await aggregateYear(connection, 2021);
    const html = await page();
    if (!html.includes(counted.personTimes.toLocaleString('en')))
      throw new Error(`The aggregation counts ${counted.personTimes}, the page does not`);
    const times = await inTurn(Math.min(turns, 5), page, () => aggregateYear(connection, 2021));
    const ratio = times.baseline / times.subject;
    return {
      name: 'year page, warm',
      result: `${ms(times.subject)} for the whole page`,
      baseline: `${ms(times.baseline)} for an aggregation of four of its figures`,
      ratio: `${ratio.toFixed(1)} times faster`,
      goal: 'at least 10 times',
      met: ratio >= 10,
    };
  } finally {
    await connection.close();
    await database.stop();
  }
}

const agents = new Map<string, Agent>();

/** The page as somebody at an address of the loopback net gets it; a connection the server had closed is opened anew. */
async function get(url: string, cookie: string, address = '127.0.0.1'): Promise<string> {
  try {
    return await getOnce(url, cookie, address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return getOnce(url, cookie, address);
  }
}

function getOnce(url: string, cookie: string, address: string): Promise<string> {
  let agent = agents.get(address);
  if (agent === undefined)
    agents.set(address, (agent = new Agent({ keepAlive: true, localAddress: address })));
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { cookie } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(text) : reject(new Error(`${url} answered ${answer.statusCode}`)),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** The page's requests a second against those of a server that draws the same bytes. */
async function benchAgainstPlain(
  served: Served,
  name: string,
  given: { path: string; cookie: string; requests: number },
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'skillroll-bench-'));
  const url = served.url + given.path;
  const file = join(folder, 'page.html');
  writeFileSync(file, await get(url, given.cookie));
  const plain = await serve(new URL('./plain-page.ts', import.meta.url).pathname, [file]);
  const turn = (address: string, cookie: string) => async () => {
    for (let at = 0; at < given.requests; at += 4)
      await Promise.all([0, 1, 2, 3].map((one) => get(address, cookie, `127.0.0.${2 + ((at + one) % 240)}`)));
  };
  try {
    await turn(url, given.cookie)();
    const times = await inTurn(5, turn(url, given.cookie), turn(`${plain.url}/page`, ''));
    const rate = (spent: number) => (1000 * given.requests) / spent;
    const ratio = times.baseline / times.subject;
    return {
      name,
      result: `${Math.round(rate(times.subject))} a second`,
      baseline: `${Math.round(rate(times.baseline))} a second of the same bytes by bare Express and Handlebars`,
      ratio: ratio.toFixed(2),
      goal: 'at least 0.5',
      met: ratio >= 0.5,
    };
  } finally {
    await plain.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The address in the QR code of a print, read from a certificate's own file. */
async function aCheckPath(served: Served): Promise<string> {
  const cookie = await served.signIn('evaluator');
  const list = await get(`${served.url}/certificates`, cookie);
  const path = /href="(\/certificates\/[\w-]{20,})"/.exec(list)![1]!;
  const answer = await fetch(`${served.url}${path}/certificate.pdf`, { headers: { cookie } });
  const { readPdf, readQrModules } = await import('../documents/read-pdf.ts');
  const { readQr } = await import('../documents/read-qr.ts');
  const pdf = readPdf(Buffer.from(await answer.arrayBuffer()));
  return new URL(readQr(readQrModules(pdf.pages[0]!.content))).pathname;
}

/** The built product over a copy of the year, as production starts it. */
export async function benchColdStart(dir: string, turns: number): Promise<Measured> {
  const built = spawnSync('npm', ['run', '--silent', 'build']);
  if (built.status !== 0) throw new Error(String(built.stderr));
  const folder = mkdtempSync(join(tmpdir(), 'skillroll-bench-'));
  const copy = join(folder, 'year');
  mkdirSync(copy);
  copyFileSync(join(dir, 'data.mdb'), join(copy, 'data.mdb'));
  const hello = new URL('./hello.mjs', import.meta.url).pathname;
  const ours: number[] = [];
  const theirs: number[] = [];
  const startOf = async (script: string, env: Record<string, string>): Promise<number> => {
    const served = await serve(script, [], env);
    await served.stop();
    return served.startedIn;
  };
  try {
    for (let turn = 0; turn < turns; turn += 1) {
      theirs.push(await startOf(hello, {}));
      ours.push(
        await startOf('dist/main.js', {
          SKILLROLL_DATA: copy,
          KEY_FILE: `${dir}.key`,
          PUBLIC_URL: 'http://skills.example',
          SESSION_SECRET: 'only a bench, which keeps nothing secret',
          PORT: port(),
          LOG_LEVEL: 'error',
        }),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const more = median(ours) - median(theirs);
  return {
    name: 'cold start with the year stored, built',
    result: ms(median(ours)),
    baseline: `${ms(median(theirs))} Express hello world`,
    ratio: `${(more / 1000).toFixed(2)} s more`,
    goal: 'at most 1.5 s more',
    met: more <= 1_500,
  };
}
