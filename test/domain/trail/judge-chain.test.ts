import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { StoredEvent } from '../../../src/domain/trail/canonical-bytes.ts';
import { genesis, nextSeal, sealOf, type Link, type Seal } from '../../../src/domain/trail/chain.ts';
import { createChainJudge, type Fault } from '../../../src/domain/trail/judge-chain.ts';

const link: Link = (previous, bytes) =>
  createHash('sha256').update(previous, 'hex').update(bytes).digest('hex');
const count = 8;

/** Eight sealed events, as storage holds them. */
function aChain(prefix = 'e'): Record<string, unknown>[] {
  let last = genesis;
  return Array.from({ length: count }, (_, index) => {
    const event = { _id: `${prefix}${index + 1}`, what: 'thing.done', after: { index } };
    last = nextSeal(link, last, event);
    return { ...event, seal: last };
  });
}

const numberIn = (event: StoredEvent): number => Number((event['seal'] as Seal).number);
const sealIn = (event: StoredEvent): Seal => event['seal'] as Seal;

/** What the judge says of events, read in order of number as verify reads them. */
function judge(events: readonly StoredEvent[], witnessed: readonly Seal[] = [], upTo = count): Fault | null {
  const judgeOf = createChainJudge(link, witnessed);
  for (const event of events.toSorted((a, b) => numberIn(a) - numberIn(b))) if (!judgeOf.take(event)) break;
  return judgeOf.end(upTo);
}

describe('domain/trail/judge-chain', () => {
  it('finds nothing wrong with a whole chain, and knows its end', () => {
    const events = aChain();
    const seals = events.map(sealIn);
    expect(judge(events, seals)).to.equal(null);
    const whole = createChainJudge(link, []);
    for (const event of events) expect(whole.take(event)).to.equal(true);
    expect(whole.last()).to.deep.equal(seals.at(-1));
    expect(judge([], [], 0)).to.equal(null);
  });

  for (let at = 0; at < count; at += 1) {
    const number = at + 1;
    const last = number === count;

    it(`names event ${number}: altered`, () => {
      const events = aChain();
      events[at]!.what = 'thing.undone';
      expect(judge(events)).to.deep.equal({ kind: 'altered', number, eventId: `e${number}` });
    });

    it(`names event ${number}: its seal altered`, () => {
      const events = aChain();
      const seal = sealIn(events[at]!);
      events[at]!.seal = { ...seal, hash: seal.hash.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')) };
      expect(judge(events)?.number).to.equal(number);
      events[at]!.seal = { ...seal, more: 1 };
      expect(judge(events)).to.deep.equal({ kind: 'altered', number, eventId: `e${number}` });
    });

    it(`names event ${number}: missing`, () => {
      const events = aChain().toSpliced(at, 1);
      const witnessed = [sealIn(aChain().at(-1)!)];
      expect(judge(events, witnessed)).to.deep.equal({
        kind: last ? 'truncated' : 'missing',
        number,
        until: number,
      });
    });

    it(`names event ${number}: missing and the later ones numbered anew`, () => {
      if (last) return;
      const events = aChain()
        .toSpliced(at, 1)
        .map((event, index) => ({ ...event, seal: { ...sealIn(event), number: index + 1 } }));
      expect(judge(events)?.number).to.equal(number);
    });

    it(`names event ${number}: inserted, beside it or before it with the later ones numbered anew`, () => {
      const events = aChain();
      const alien = { _id: 'alien', what: 'thing.done', seal: { number, hash: 'ab'.repeat(32) } };
      const inserted = { kind: 'inserted', number, eventId: 'alien' };
      expect(judge([...events, alien])).to.deep.equal(inserted);
      expect(judge([alien, ...events])).to.deep.equal(inserted);
      const shifted = [...events.slice(0, at), alien, ...events.slice(at)].map((event, index) => ({
        ...event,
        seal: { ...sealIn(event), number: index + 1 },
      }));
      expect(judge(shifted, [], count + 1)).to.deep.equal(inserted);
    });

    for (let other = at + 1; other < count; other += 1) {
      const swapped = { kind: 'reordered', number };
      it(`names events ${number} and ${other + 1}: exchanged, with or without their hashes`, () => {
        const events = aChain();
        const [one, two] = [events[at]!, events[other]!];
        const [first, second] = [sealIn(one), sealIn(two)];
        [one.seal, two.seal] = [second, first];
        expect(judge(events)).to.include({ ...swapped, eventId: two._id, otherId: one._id });
        one.seal = { ...first, number: second.number };
        two.seal = { ...second, number: first.number };
        expect(judge(events)).to.include({ ...swapped, eventId: two._id, otherId: one._id });
      });
    }
  }

  it('names an event beyond what the sealer gave, and numbers that are none', () => {
    const events = aChain();
    const beyond = { _id: 'alien', seal: { number: count + 1, hash: 'ab'.repeat(32) } };
    expect(judge([...events, beyond])).to.include({ kind: 'inserted', number: count + 1 });
    for (const number of [0, -1, 2.5])
      expect(judge([...events, { _id: 'alien', seal: { number, hash: '' } }])).to.include({
        kind: 'inserted',
        eventId: 'alien',
      });
  });

  it('finds a cut end and a rewritten chain by what was witnessed', () => {
    const seals = aChain().map(sealIn);
    expect(judge(aChain().slice(0, 5), [seals[2]!, seals[6]!])).to.deep.equal({
      kind: 'truncated',
      number: 6,
      until: 7,
    });
    expect(judge(aChain('f'), [seals[3]!, seals[6]!])).to.deep.equal({ kind: 'rewritten', number: 4 });
    expect(judge(aChain('f'))).to.equal(null);
  });

  it('takes an event marked as not sealed, or with a value no event holds, for altered', () => {
    for (const added of [{ unsealedSince: new Date(0) }, { after: new Map() }]) {
      const events = aChain();
      Object.assign(events[3]!, added);
      expect(judge(events)).to.deep.equal({ kind: 'altered', number: 4, eventId: 'e4' });
    }
  });

  it('reads no seal into what is none', () => {
    const hash = 'ab'.repeat(32);
    expect(sealOf({ seal: { number: 3, hash } })).to.deep.equal({ number: 3, hash });
    for (const seal of [
      null,
      undefined,
      'x',
      {},
      { number: 1.5, hash },
      { number: '1', hash },
      { number: 1, hash: 'x' },
    ])
      expect(sealOf({ seal })).to.equal(null);
  });
});
