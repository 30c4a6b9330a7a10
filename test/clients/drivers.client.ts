import { expect } from 'chai';
import { resolve } from 'node:path';
import { openOffice, stateOf, type Office } from './support/office.ts';
import { mongosh, orSkip, pythonWith, run } from '../support/client-tools.ts';
import { MONGOSH_VERSION, PYMONGO_VERSION } from './support/versions.ts';
import { workByNodeDriver } from './support/work.ts';

const support = resolve('test/clients/support');

describe('clients: the same work by other drivers and shells', function () {
  this.timeout(600_000);
  let office: Office;
  let steps: Record<string, unknown>;
  let state: Record<string, unknown>;
  before(async () => {
    office = await openOffice();
    const db = office.db('node');
    steps = await workByNodeDriver(db.client, db);
    state = await stateOf(db);
  });
  after(() => office?.close());

  /** What a client printed last, which is the answers of all steps. */
  const stepsIn = (out: string): Record<string, unknown> =>
    JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

  const expectSame = (answered: Record<string, unknown>): void => {
    expect(Object.keys(answered)).to.deep.equal(Object.keys(steps));
    for (const [step, answer] of Object.entries(steps)) expect(answered[step], step).to.deep.equal(answer);
  };

  it('the Node driver, against which the others are compared, found what there is', () => {
    expect(steps['collections']).to.deep.equal(['certificates', 'empty', 'people']);
    expect(steps['found']).to.have.length.above(400);
    expect(steps['byArea']).to.have.length(4);
    expect(steps['joined']).to.have.length(10);
    expect(steps['duplicate']).to.deep.equal({ $numberInt: '11000' });
    expect(steps['refused']).to.deep.equal({ $numberInt: '115' });
    expect(steps['afterTransactions']).to.deep.equal([{ $numberInt: '2505' }, { $numberInt: '1000' }]);
    expect(steps['bulk']).to.satisfy((counts: { $numberInt: string }[]) =>
      counts.every((count) => Number(count.$numberInt) > 0),
    );
    expect(Object.keys(state)).to.deep.equal(['certificates', 'people']);
  });

  describe(`PyMongo ${PYMONGO_VERSION}`, () => {
    let python: string;
    before(async function () {
      python = await orSkip(this, 'PyMongo', () => pythonWith('pymongo', PYMONGO_VERSION));
    });

    it('is answered as the Node driver is, and leaves the same records', async () => {
      const { code, out, err } = await run(python, [`${support}/work.py`, office.uri('pymongo')]);
      expect(code, err).to.equal(0);
      expectSame(stepsIn(out));
      expect(await stateOf(office.db('pymongo'))).to.deep.equal(state);
    });

    it('is refused with one sentence for a wrong password', async () => {
      const wrong = office.uri('pymongo').replace(/:[^:@/]+@/, ':wrong@');
      const { code, err } = await run(python, [`${support}/work.py`, wrong]);
      expect(code).to.equal(1);
      expect(err).to.match(/OperationFailure: Authentication failed\.,.*'code': 18/);
    });
  });

  describe(`mongosh ${MONGOSH_VERSION}`, () => {
    let program: string;
    before(async function () {
      program = await orSkip(this, 'mongosh', () => mongosh(MONGOSH_VERSION));
    });
    const shell = (address: string, ...given: string[]) =>
      run(program, [address, '--quiet', '--norc', ...given]);

    it('shows databases, collections and sizes', async () => {
      const shown = async (command: string): Promise<string> => {
        const { code, out, err } = await shell(office.uri('tools'), '--eval', command);
        expect(code, err).to.equal(0);
        return out;
      };
      expect(await shown('show dbs')).to.match(/^node +[\d.]+ KiB$/m);
      expect(await shown('show collections')).to.equal('certificates\nempty\npeople\n');
      expect(await shown('db.certificates.stats().count')).to.equal('300\n');
    });

    it('is answered as the Node driver is, and leaves the same records', async () => {
      const { code, out, err } = await shell(office.uri('mongosh'), `${support}/work.mongosh.js`);
      expect(code, err).to.equal(0);
      expectSame(stepsIn(out));
      expect(await stateOf(office.db('mongosh'))).to.deep.equal(state);
    });

    it('is refused with one sentence for a wrong password, and for a command there is not', async () => {
      const wrong = office.uri('mongosh').replace(/:[^:@/]+@/, ':wrong@');
      const { code, err } = await shell(wrong, '--eval', 'db.people.countDocuments()');
      expect(code).to.equal(1);
      expect(err.trim()).to.equal('MongoServerError: Authentication failed.');
      const refused = await shell(office.uri('mongosh'), '--eval', 'db.people.renameCollection("x")');
      expect(refused.code).to.equal(1);
      expect(refused.err).to.include('The command renameCollection is not supported');
    });
  });
});
