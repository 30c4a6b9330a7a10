// Every probe on the functions themselves, and through the official driver against the embedded server.
import { expect } from 'chai';
import { encode, type Value } from '../../../src/embedded-db/query/bson.ts';
import { open, type Opened } from '../support/open.ts';
import { probes } from './probes/all.ts';
import { Unsendable } from './probes/driver-values.ts';
import { needsServer, outcomeOf } from './probes/in-process.ts';
import { runProbe } from './probes/run-probe.ts';

const bytes = (value: unknown): string => Buffer.from(encode({ value: value as Value })).toString('hex');

describe('embedded-db/query/probes', function () {
  this.timeout(60_000);
  let opened: Opened;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());

  it('are at least 380, each under a name of its own', () => {
    expect(new Set(probes.map(([name]) => name)).size)
      .to.equal(probes.length)
      .and.at.least(380);
  });

  it('hold for the functions', () => {
    const asked = probes.filter((probe) => !needsServer(probe));
    const wrong = asked.filter(
      ([, docs, operation, expected]) => bytes(outcomeOf(docs, operation)) !== bytes(expected),
    );
    expect(wrong.map(([name]) => name)).to.deep.equal([]);
  });

  it('hold over the wire', async () => {
    const wrong: string[] = [];
    const unsendable: string[] = [];
    for (const probe of probes)
      try {
        const found = await runProbe(opened.client, probe);
        if (found !== null) wrong.push(`${probe[0]}: ${found}`);
      } catch (error) {
        if (!(error instanceof Unsendable)) throw error;
        unsendable.push(probe[0]);
      }
    expect(wrong).to.deep.equal([]);
    expect(unsendable).to.have.length.at.most(1);
  });
});
