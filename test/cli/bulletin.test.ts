import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { developmentConfig } from '../../src/config.ts';
import { markAttendance } from '../../src/use-cases/training/mark-attendance.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../support/certificates.ts';
import { runCommand, type Ended } from '../support/commands.ts';
import { aRunningSession, everybody } from '../support/training.ts';
import { openFolderWorld } from '../support/world.ts';

interface Figure {
  readonly code: string;
  readonly value: number | null;
  readonly recorded?: boolean;
  readonly unit: string;
  readonly definition: string;
  readonly version: number;
}

const bulletin = (args: readonly string[], settings: Record<string, string> = {}): Promise<Ended> =>
  runCommand('src/cli/bulletin.ts', args, settings);

function read({ code, out }: Ended): { year: number; asOf: string; figures: Figure[] } {
  expect(code, out).to.equal(0);
  return JSON.parse(out) as ReturnType<typeof read>;
}

describe('cli/bulletin', function () {
  this.timeout(60_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-bulletin-'));
  const dir = join(root, 'records');
  let world: Awaited<ReturnType<typeof openFolderWorld>> | null = null;
  before(async () => {
    const config = developmentConfig({
      dataDir: dir,
      keyFile: join(root, 'records.key'),
      sessionSecret: 'a secret for the tests only, 32+',
      logLevel: 'silent',
    });
    world = await openFolderWorld(config);
    const running = await aRunningSession(world, { people: 3 });
    await markAttendance(world.deps, {
      actor: running.staff,
      lessonId: running.lessons[0]!.id,
      marks: everybody(running.enrolments),
    });
    const evaluator = await anEvaluator(world.deps);
    await certificatesFor(world.deps, evaluator, await peopleOf(world.deps, evaluator, ['周八', '吴九']));
  });
  after(async () => {
    await world?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('states 41 figures beside the server of the folder, with no secret, in either language', async () => {
    const started = new Date().toISOString();
    const [english, chinese] = (
      await Promise.all([
        bulletin(['--year', '2021', '--json', '--lang', 'en', '--data', dir]),
        bulletin(['--year', '2021', '--json'], { SKILLROLL_DATA: dir }),
      ])
    ).map(read);
    expect(Object.keys(english!)).to.deep.equal(['year', 'asOf', 'figures']);
    expect(english!.year).to.equal(2021);
    expect(english!.asOf >= started && english!.asOf <= new Date().toISOString()).to.equal(true);
    expect(english!.figures.map(({ code }) => code)).to.deep.equal(
      Array.from({ length: 41 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`),
    );
    const counted = { F13: 3, F14: 2, F15: 0, F16: 0, F17: 0, F18: 0, F19: 0, F20: 0 };
    expect(valuesOf(english!.figures)).to.deep.equal(counted);
    expect(valuesOf(chinese!.figures)).to.deep.equal(counted);
    const others = english!.figures.filter(({ code }) => !(code in counted));
    expect(others).to.have.length(33);
    for (const figure of others) expect(figure).to.include({ value: null, recorded: false });
    expect(english!.figures[13]).to.deep.equal({ code: 'F14', value: 2, ...wordsOf('F14', 'en') });
    expect(chinese!.figures[13]).to.deep.equal({ code: 'F14', value: 2, ...wordsOf('F14', 'zh') });
  });

  it('reads the server MONGODB_URI names', async () => {
    const uri = world!.product.uri.replace('/?', '/skillroll?');
    const { figures } = read(await bulletin(['--year', '2021', '--json'], { MONGODB_URI: uri }));
    expect(valuesOf(figures)).to.include({ F13: 3, F14: 2 });
  });

  it('opens the folder itself when nobody serves it, and leaves it as it was', async () => {
    await world!.close();
    world = null;
    const before = readdirSync(dir);
    const zh = await bulletin(['--year', '2021', '--data', dir]);
    const en = await bulletin(['--year', '2015', '--lang', 'en', '--data', dir]);
    expect(zh.out)
      .to.match(/F13\s+3 人次/)
      .and.to.match(/F01\s+未登记/);
    expect(en.out)
      .to.match(/F13\s+not recorded/)
      .and.not.match(/\s0 /);
    expect(readdirSync(dir)).to.deep.equal(before);
  });

  it('refuses a folder without records, a year and a language that are none, in one sentence', async () => {
    const foreign = join(root, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'letter.txt'), 'keep me');
    const refused = await Promise.all([
      bulletin(['--year', '2021', '--data', foreign]),
      bulletin(['--year', '2021', '--data', join(root, 'nothing')]),
      bulletin(['--year', 'soon', '--data', dir]),
      bulletin(['--json', '--data', dir]),
      bulletin(['--year', '2021', '--lang', 'fr', '--data', dir]),
    ]);
    for (const { code, out } of refused) {
      expect(code, out).to.equal(1);
      expect(out.trim().split('\n'), out).to.have.length(1);
    }
    expect(refused.map(({ out }) => out.slice(0, 20))).to.deep.equal([
      'There are no records',
      'There are no records',
      '--year needs a numbe',
      '--year needs a year ',
      '--lang needs zh or e',
    ]);
    expect(readdirSync(foreign)).to.deep.equal(['letter.txt']);
  });
});

function valuesOf(figures: readonly Figure[]): Record<string, number | null> {
  return Object.fromEntries(
    figures.filter(({ recorded }) => recorded !== false).map(({ code, value }) => [code, value]),
  );
}

function wordsOf(code: string, lang: 'zh' | 'en'): Omit<Figure, 'code' | 'value'> {
  const book = JSON.parse(readFileSync('templates/figures.json', 'utf8')) as {
    units: Record<string, Record<'zh' | 'en', string>>;
    figures: {
      code: string;
      unit: string;
      versions: { version: number; definition: Record<'zh' | 'en', string> }[];
    }[];
  };
  const figure = book.figures.find((one) => one.code === code)!;
  const { version, definition } = figure.versions[0]!;
  return { unit: book.units[figure.unit]![lang], definition: definition[lang], version };
}
