// Every export a route gives as CSV, XLSX or ZIP, over records whose words begin like formulas.
import { expect } from 'chai';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { markAttendance } from '../../../src/use-cases/training/mark-attendance.ts';
import { requestSessionChange } from '../../../src/use-cases/training/request-session-change.ts';
import type { Route } from '../../../src/web/kernel/route.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import { rawXlsx } from '../../sheets/raw-xlsx.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { cellsWithoutFormula, formulaStarts } from '../../support/formulas.ts';
import { aRunningSession, enrol, everybody } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const organisationName = '=HYPERLINK("http://other.test","学校")';
const sessionName = '@SUM(A1)电工班';
const personName = '+王五';
const employer = '-2+3+cmd|厂';
const staffName = '=1+1职员';
const auditorName = '@审计';
const reason = '-1+1 扩班的理由';
const note = '+1+1 核对台账';

/** The beginnings of cells that somebody may upload: fields typed into forms have their ends trimmed, a file keeps them. */
const uploaded = formulaStarts.filter((start) => start !== '\0').map((start) => `${start}1+1`);

interface Export {
  readonly files: readonly Buffer[];
  /** Words that must stand in a cell: what the file was looked at for. */
  readonly holds: readonly string[];
}

describe('web/exports/no-formulas', function () {
  this.timeout(300_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let centreId: string;
  let sessionId: string;
  let personId: string;
  let staff: Visitor;
  let officer: Visitor;
  let auditor: Visitor;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
    const { deps } = world;
    const signedIn = async (actor: { userName: string }) => {
      const visitor = site.visitor();
      await visitor.signIn(actor.userName);
      return visitor;
    };
    centreId = (await anOrganisation(deps, { name: organisationName })).id;
    const own = { organisationId: centreId, displayName: staffName };
    const actor = await anActor(deps, 'centreStaff', own);
    const running = await aRunningSession(world, {
      people: 2,
      facts: { name: sessionName, venue: '=1+1 教室' },
      by: { actor, centreId },
    });
    sessionId = running.session.id;
    const enrolled = await enrol(deps, actor, sessionId, { name: personName, employer });
    personId = enrolled.personId;
    await markAttendance(deps, {
      actor,
      lessonId: running.lessons[0]!.id,
      marks: everybody([...running.enrolments, enrolled]),
    });
    await requestSessionChange(deps, { actor, sessionId, facts: { capacity: 50 }, reason });
    // The clock stands still from here on: a sign-in of before would be over.
    staff = await signedIn(actor);
    officer = await signedIn(await anActor(deps, 'bureauOfficer', { displayName: staffName }));
    auditor = await signedIn(await anActor(deps, 'auditor', { displayName: auditorName }));
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  const fetched = async (visitor: Visitor, path: string) => {
    const answer = await visitor.get(path);
    expect(answer.status, path).to.equal(200);
    return answer.bytes;
  };
  const roster = () => `/training-sessions/${sessionId}/roster`;
  const year = '/years/2021';
  const byCentre = '/years/2021/table/export.FORMAT?rows=centre&columns=month&measure=personTimes';

  const listed = async () =>
    [...(await officer.get('/exports')).text.matchAll(/href="(\/exports\/[^"]+\/file)"/g)].map(
      ([, href]) => href!,
    );

  /** What a purpose's form keeps, fetched from the list. */
  async function kept(from: string, to: string, format: string): Promise<Buffer> {
    const before = await listed();
    const sent = await officer.post(to, { purpose: 'other', note, format }, { from });
    expect(sent.location).to.equal('/exports');
    return fetched(
      officer,
      (await listed()).find((href) => !before.includes(href))!,
    );
  }

  /** A roster of formulas in every column, as CSV and as XLSX, handed back in its own format and in the other. */
  async function results(format: 'csv' | 'xlsx'): Promise<readonly Buffer[]> {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lines = uploaded.map((text) => [text, text, text]);
    const headings = ['姓名', '证件号码', '单位', ...uploaded];
    const csv = Buffer.from([headings, ...lines].map((line) => line.map(quoted).join(',')).join('\r\n'));
    const escaped = (text: string) =>
      text.replace(/[\t\r\n]/g, (c) => `_x00${c.charCodeAt(0).toString(16).padStart(2, '0')}_`);
    const cell = (text: string) =>
      `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
    const row = (cells: readonly string[]) => `<row>${cells.join('')}</row>`;
    const formula = '<c t="str"><f>HYPERLINK("http://other.test")</f><v>=2+2</v></c>';
    const xlsx = await rawXlsx({
      sheets: [
        {
          name: '=1+1',
          rows: [
            row(headings.map(cell)),
            ...lines.map((line) => row(line.map(cell))),
            row([formula, formula, formula]),
          ].join(''),
        },
      ],
    });
    const files: Buffer[] = [];
    for (const [name, bytes] of [
      ['=1+1.csv', csv],
      ['=1+1.xlsx', xlsx],
    ] as const) {
      const sent = await staff.post(
        roster(),
        {},
        { from: `${roster()}/new`, files: [{ field: 'file', name, bytes }] },
      );
      expect(sent.status, sent.text).to.equal(303);
      files.push(await fetched(staff, `${sent.location!}/error-file?format=${format}`));
    }
    return files;
  }

  async function ownRecord(): Promise<Buffer> {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const people = await peopleOf(deps, evaluator, ['=周八']);
    const [certificate] = await certificatesFor(deps, evaluator, people);
    const slips = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    const holder = site.visitor();
    await holder.post(
      '/certificate-finds',
      { number: certificate!.number, name: '=周八', claimCode: slips[0]!.claimCode },
      { from: '/certificate-finds/new' },
    );
    const answer = await holder.post('/my/record', {}, { from: '/my/certificates' });
    expect(answer.status).to.equal(200);
    return answer.bytes;
  }

  async function batchZip(): Promise<Buffer> {
    const evaluator = await anEvaluator(world.deps);
    const people = await peopleOf(world.deps, evaluator, ['=吴九']);
    const [certificate] = await certificatesFor(world.deps, evaluator, people);
    const visitor = site.visitor();
    await visitor.signIn(evaluator.staff.userName);
    return fetched(visitor, `/certificate-batches/${certificate!.batchId!}/certificates.zip`);
  }

  const one = async (file: Promise<Buffer>, ...holds: string[]): Promise<Export> => ({
    files: [await file],
    holds,
  });
  const trail = async () => {
    const answer = await auditor.post('/trail/exports', {}, { from: '/trail' });
    expect(answer.status).to.equal(200);
    return answer.bytes;
  };
  const numbers = (format: string) => kept(`${roster()}/numbers/new`, `${roster()}/numbers`, format);
  /** One row for each kind of file of each route. */
  const exports: Readonly<Record<string, () => Promise<Export>>> = {
    'GET /certificate-batches/:id/certificates.zip zip': () => one(batchZip()),
    'GET /exports/:id/file csv': () => one(numbers('csv'), personName),
    'GET /exports/:id/file xlsx': () => one(numbers('xlsx'), personName),
    'GET /exports/:id/file zip': () =>
      one(kept(`/people/${personId}/record/new`, `/people/${personId}/record`, 'xlsx')),
    'GET /roster-imports/:id/error-file csv': async () => ({ files: await results('csv'), holds: uploaded }),
    'GET /roster-imports/:id/error-file xlsx': async () => ({
      files: await results('xlsx'),
      holds: uploaded,
    }),
    'GET /training-sessions/:id/roster/file csv': () =>
      one(fetched(staff, `${roster()}/file?format=csv`), personName, employer),
    'GET /training-sessions/:id/roster/file xlsx': () =>
      one(fetched(staff, `${roster()}/file?format=xlsx`), personName, employer),
    // The template holds no record's words.
    'GET /training-sessions/:id/roster/template csv': () =>
      one(fetched(staff, `${roster()}/template?format=csv`), '姓名'),
    'GET /training-sessions/:id/roster/template xlsx': () =>
      one(fetched(staff, `${roster()}/template?format=xlsx`), '姓名'),
    // A year names a body only where it is filtered by it, after the word for it.
    'GET /years/:year/export.:format csv': () =>
      one(fetched(officer, `${year}/export.csv?centre=${centreId}`), `培训机构：${organisationName}`),
    'GET /years/:year/export.:format xlsx': () =>
      one(fetched(officer, `${year}/export.xlsx?centre=${centreId}`), `培训机构：${organisationName}`),
    'GET /years/:year/table/export.:format csv': () =>
      one(fetched(officer, byCentre.replace('FORMAT', 'csv')), organisationName),
    'GET /years/:year/table/export.:format xlsx': () =>
      one(fetched(officer, byCentre.replace('FORMAT', 'xlsx')), organisationName),
    'POST /my/record zip': () => one(ownRecord()),
    'POST /trail/exports csv': () => one(trail(), staffName, auditorName, reason),
  };

  const sheetKinds = ['csv', 'xlsx', 'zip'];
  const given = (route: Route) =>
    (route.gives ?? [])
      .filter((kind) => sheetKinds.includes(kind))
      .map((kind) => `${route.method.toUpperCase()} ${route.path} ${kind}`);

  it('has a row for every sheet and archive a route gives, and no row for none', () => {
    expect(Object.keys(exports).sort()).to.deep.equal(allRoutes(world.deps).flatMap(given).sort());
  });

  for (const [name, make] of Object.entries(exports))
    it(`${name} holds no cell that works as a formula`, async () => {
      const { files, holds } = await make();
      for (const [index, file] of files.entries()) {
        const cells = await cellsWithoutFormula(name.split(' ').at(-1)!, file, `${name}, file ${index}`);
        for (const words of holds)
          expect(
            cells.some((cell) => cell === words || cell.trim() === words.trim()),
            `${words} in file ${index}: ${cells.slice(0, 40).join(' | ')}`,
          ).to.equal(true);
      }
    });
});
