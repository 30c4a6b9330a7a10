import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOffice, stateOf, type Office } from './support/office.ts';
import { databaseTools, orSkip, run } from '../support/client-tools.ts';
import { TOOLS_VERSION } from './support/versions.ts';

const names = ['mongodump', 'mongorestore', 'mongoimport'] as const;

describe('clients: MongoDB database tools', function () {
  this.timeout(1_800_000);
  let office: Office;
  let root: string;
  let tools: Record<(typeof names)[number], string>;
  before(async function () {
    tools = await orSkip(this, 'the database tools', () => databaseTools(TOOLS_VERSION, names));
    root = mkdtempSync(join(tmpdir(), 'skillroll-dumps-'));
    office = await openOffice();
  });
  after(async () => {
    await office?.close();
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });

  const succeed = async (name: (typeof names)[number], ...args: string[]): Promise<string> => {
    const { code, err } = await run(tools[name], args);
    expect(code, err).to.equal(0);
    return err;
  };
  const server = (): string => office.uri('tools').replace('/tools?', '/?');
  const renamed = (to: string): string[] => ['--nsFrom=tools.*', `--nsTo=${to}.*`];

  it('mongodump and mongorestore carry every document and index to another database', async () => {
    const dump = join(root, 'dump');
    await succeed('mongodump', `--uri=${office.uri('tools')}`, `--out=${dump}`);
    for (const name of ['people', 'certificates'])
      expect(existsSync(join(dump, 'tools', `${name}.bson`)), name).to.equal(true);
    const told = await succeed('mongorestore', `--uri=${server()}`, ...renamed('restored'), dump);
    expect(told).to.include('2800 document(s) restored successfully. 0 document(s) failed');
    const before = await stateOf(office.db('tools'));
    expect(Object.keys(before)).to.deep.equal(['certificates', 'empty', 'people']);
    expect(await stateOf(office.db('restored'))).to.deep.equal(before);
  });

  it('they carry a packed archive too, in place of what is there', async () => {
    const archive = join(root, 'archive.gz');
    await succeed('mongodump', `--uri=${office.uri('tools')}`, '--gzip', `--archive=${archive}`);
    await office.db('packed').collection('people').insertOne({ name: 'in the way' });
    const args = ['--drop', '--gzip', `--archive=${archive}`, ...renamed('packed')];
    await succeed('mongorestore', `--uri=${server()}`, ...args);
    expect(await stateOf(office.db('packed'))).to.deep.equal(await stateOf(office.db('tools')));
  });

  it('mongodump takes the documents of a query only', async () => {
    const dump = join(root, 'part');
    const query = '--query={"areaId":"donghu","hours":{"$gt":100}}';
    await succeed('mongodump', `--uri=${office.uri('tools')}`, '--collection=people', query, `--out=${dump}`);
    await succeed('mongorestore', `--uri=${server()}`, ...renamed('part'), dump);
    const wanted = { areaId: 'donghu', hours: { $gt: 100 } };
    const people = office.db('tools').collection('people');
    const expected = await people.find(wanted).sort({ _id: 1 }).toArray();
    expect(expected).to.have.length.above(50);
    expect(await office.db('part').collection('people').find({}).sort({ _id: 1 }).toArray()).to.deep.equal(
      expected,
    );
  });

  it('mongoimport reads CSV with Chinese headings and extended JSON, also over what is there', async () => {
    const csv = join(root, 'areas.csv');
    writeFileSync(csv, '编号,名称,人数\n1,东湖,30\n2,"南港, 东",5\n');
    const into = (name: string) => [`--uri=${office.uri('imported')}`, `--collection=${name}`];
    await succeed('mongoimport', ...into('areas'), '--type=csv', '--headerline', csv);
    const areas = office.db('imported').collection('areas');
    expect(
      await areas
        .find({}, { projection: { _id: 0 } })
        .sort({ 编号: 1 })
        .toArray(),
    ).to.deep.equal([
      { 编号: 1, 名称: '东湖', 人数: 30 },
      { 编号: 2, 名称: '南港, 东', 人数: 5 },
    ]);
    const json = join(root, 'fees.json');
    const line = (id: number, fee: string, more = '') =>
      `{"_id":${id},"fee":{"$numberDecimal":"${fee}"},"at":{"$date":"2021-03-01T00:00:00Z"}${more}}\n`;
    writeFileSync(json, line(1, '1.50') + line(2, '2.00'));
    await succeed('mongoimport', ...into('fees'), json);
    writeFileSync(json, line(2, '2.50', ',"again":true') + line(3, '3.00'));
    await succeed('mongoimport', ...into('fees'), '--mode=upsert', json);
    const fees = await office.db('imported').collection('fees').find({}).sort({ _id: 1 }).toArray();
    expect(fees.map(({ fee, again }) => [String(fee), again])).to.deep.equal([
      ['1.50', undefined],
      ['2.50', true],
      ['3.00', undefined],
    ]);
  });

  it('they are refused with one sentence for a wrong password', async () => {
    const wrong = office.uri('tools').replace(/:[^:@/]+@/, ':wrong@');
    const { code, err } = await run(tools.mongodump, [`--uri=${wrong}`, `--out=${join(root, 'none')}`]);
    expect(code).to.equal(1);
    expect(err).to.include('Authentication failed.');
    expect(existsSync(join(root, 'none'))).to.equal(false);
  });
});
