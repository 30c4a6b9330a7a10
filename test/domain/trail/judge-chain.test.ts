import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { genesis, nextSeal, type Link, type Place, type Seal } from '../../../src/domain/trail/chain.ts';
import { createChainJudge, type Fault } from '../../../src/domain/trail/judge-chain.ts';

const link: Link = (previous, bytes) =>
  createHash('sha256').update(previous, 'hex').update(bytes).digest('hex');
const count = 8;
/** Events sealed at once here. */
const atOnce = 3;

/** Eight sealed events in three batches, as storage gives them back. */
function aChain(prefix = 'e'): Place[] {
  let last = genesis;
  return Array.from({ length: count }, (_, index) => {
    const eventId = `${prefix}${index + 1}`;
    const batch = index - (index % atOnce) + 1;
    const event = { _id: eventId, what: 'thing.done', after: { index }, sealBatch: batch };
    last = nextSeal(link, last, event);
    return { seal: last, eventId, batch, event };
  });
}

const changed = (place: Place, more: object): Place => ({ ...place, event: { ...place.event, ...more } });

/** Places numbered from 1 on, whatever they were. */
const anew = (places: readonly Place[]): Place[] =>
  places.map((place, index) => ({ ...place, seal: { ...place.seal, number: index + 1 } }));

/** What the judge says of places, read in order of number as verify reads them. */
function judge(places: readonly Place[], witnessed: readonly Seal[] = [], upTo = count): Fault | null {
  const judgeOf = createChainJudge(link, witnessed);
  for (const place of places.toSorted((a, b) => a.seal.number - b.seal.number))
    if (!judgeOf.take(place)) break;
  return judgeOf.end(upTo);
}

describe('domain/trail/judge-chain', () => {
  it('finds nothing wrong with a whole chain, and knows its end', () => {
    const places = aChain();
    const seals = places.map(({ seal }) => seal);
    expect(judge(places, seals)).to.equal(null);
    const whole = createChainJudge(link, []);
    for (const place of places) expect(whole.take(place)).to.equal(true);
    expect(whole.last()).to.deep.equal(seals.at(-1));
    expect(judge([], [], 0)).to.equal(null);
  });

  for (let at = 0; at < count; at += 1) {
    const number = at + 1;
    const last = number === count;
    const altered = { kind: 'altered', number, eventId: `e${number}` };

    it(`names event ${number}: altered`, () => {
      const places = aChain();
      expect(judge(places.with(at, changed(places[at]!, { what: 'thing.undone' })))).to.deep.equal(altered);
      expect(judge(places.with(at, changed(places[at]!, { sealBatch: 2 })))).to.deep.equal(altered);
      expect(judge(places.with(at, changed(places[at]!, { seal: 1 })))).to.deep.equal(altered);
    });

    it(`names event ${number}: its seal altered`, () => {
      const places = aChain();
      const { seal } = places[at]!;
      const hash = seal.hash.replace(/^./, (c) => (c === 'a' ? 'b' : 'a'));
      expect(judge(places.with(at, { ...places[at]!, seal: { number, hash } }))?.number).to.equal(number);
      expect(judge(places.with(at, { ...places[at]!, seal: { number, hash: '' } }))).to.deep.equal(altered);
      expect(judge(places.with(at, { ...places[at]!, batch: 2 }))).to.deep.equal(altered);
    });

    it(`names event ${number}: missing, and with it those after it`, () => {
      const places = aChain();
      for (let until = number; until <= count; until += 1) {
        const left = places.map((place, index) =>
          index >= at && index < until ? { ...place, event: null } : place,
        );
        expect(judge(left)).to.deep.equal({ kind: 'missing', number, until });
      }
    });

    it(`names event ${number}: missing with its seal`, () => {
      const witnessed = [aChain().at(-1)!.seal];
      const kind = last ? 'truncated' : 'missing';
      expect(judge(aChain().toSpliced(at, 1), witnessed)).to.deep.equal({ kind, number, until: number });
    });

    it(`names event ${number}: missing with its seal and the later ones numbered anew`, () => {
      if (last) return;
      expect(judge(anew(aChain().toSpliced(at, 1)))?.number).to.equal(number);
    });

    it(`names event ${number}: inserted, beside it or before it with the later ones numbered anew`, () => {
      const places = aChain();
      const event = { _id: 'alien', what: 'thing.done', sealBatch: number };
      const seal = { number, hash: 'ab'.repeat(32) };
      const alien: Place = { seal, eventId: 'alien', batch: number, event };
      const inserted = { kind: 'inserted', number, eventId: 'alien' };
      expect(judge([...places, alien])).to.deep.equal(inserted);
      expect(judge([alien, ...places])).to.deep.equal(inserted);
      expect(judge(anew(places.toSpliced(at, 0, alien)), [], count + 1)).to.deep.equal(inserted);
    });

    for (let other = at + 1; other < count; other += 1) {
      it(`names events ${number} and ${other + 1}: exchanged, with or without their hashes`, () => {
        const places = aChain();
        const [one, two] = [places[at]!, places[other]!];
        const swapped = { kind: 'reordered', number, eventId: two.eventId, otherId: one.eventId };
        const exchange = (first: Seal, second: Seal) =>
          judge(places.with(at, { ...two, seal: first }).with(other, { ...one, seal: second }));
        expect(exchange(one.seal, two.seal)).to.deep.equal(swapped);
        const [a, b] = [one.seal.hash, two.seal.hash];
        expect(exchange({ number, hash: b }, { number: other + 1, hash: a })).to.deep.equal(swapped);
      });
    }
  }

  it('names an event beyond what the sealer gave, and numbers that are none', () => {
    const alien = (number: number, hash: string): Place => ({
      seal: { number, hash },
      eventId: 'alien',
      batch: number,
      event: { _id: 'alien', sealBatch: number },
    });
    const beyond = alien(count + 1, 'ab'.repeat(32));
    expect(judge([...aChain(), beyond])).to.include({ kind: 'inserted', number: count + 1 });
    for (const number of [0, -1, 2.5, NaN])
      expect(judge([...aChain(), alien(number, '')])).to.include({ kind: 'inserted', eventId: 'alien' });
  });

  it('finds a cut end and a rewritten chain by what was witnessed', () => {
    const seals = aChain().map(({ seal }) => seal);
    expect(judge(aChain().slice(0, 5), [seals[2]!, seals[6]!])).to.deep.equal({
      kind: 'truncated',
      number: 6,
      until: 7,
    });
    expect(judge(aChain('f'), [seals[3]!, seals[6]!])).to.deep.equal({ kind: 'rewritten', number: 4 });
    expect(judge(aChain('f'))).to.equal(null);
  });

  it('takes an event marked as not sealed, or with a value no event holds, for altered', () => {
    const places = aChain();
    for (const added of [{ unsealedSince: new Date(0) }, { after: new Map() }])
      expect(judge(places.with(3, changed(places[3]!, added)))).to.deep.equal({
        kind: 'altered',
        number: 4,
        eventId: 'e4',
      });
  });
});
