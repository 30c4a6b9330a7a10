// What the page says beforehand must be what then happens.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  buildYear,
  countFigures,
  countMonths,
  countRevocationEffects,
} from '../../../src/domain/headcounts/index.ts';
import { aCertificate, instantOf, someFacts } from './build-facts.ts';
import { district, effectWords, years } from './effect-words.ts';
import { lastInstant, randomFacts } from './random-facts.ts';

describe('domain/headcounts/revocation-effects', () => {
  it('names every number that changes, in every year, with its months', () => {
    const facts = someFacts({
      certificates: [
        aCertificate('1', { issuedOn: '2020-05-05' }),
        aCertificate('2', { issuedOn: '2021-07-01' }),
        aCertificate('3', { issuedOn: '2021-09-01' }),
      ],
    });
    const effects = countRevocationEffects(years(facts), '1', district).map(effectWords);
    expect(effects).to.deep.equal([
      '2020 F14 certifiedPersons 1→0 (5: 1→0)',
      '2020 F14 certificates 1→0 (5: 1→0)',
      '2020 F20 highSkilledTalents 1→0 (5: 1→0)',
      '2020 F20 highSkilledGross 1→0 (5: 1→0)',
      '2021 F20 highSkilledTalents 0→1 (7: 0→1)',
    ]);
  });

  it('tells that a person moves to another month though the year stays', () => {
    const facts = someFacts({
      certificates: [aCertificate('2'), aCertificate('3', { issuedOn: '2021-09-01' })],
    });
    expect(countRevocationEffects(years(facts), '2', district).map(effectWords)).to.deep.equal([
      '2021 F14 certifiedPersons 1→1 (7: 1→0)',
      '2021 F14 certificates 2→1 (7: 1→0)',
      '2021 F20 highSkilledTalents 1→1 (7: 1→0, 9: 0→1)',
      '2021 F20 highSkilledGross 1→1 (7: 1→0)',
    ]);
  });

  it('is empty for a certificate that counts nowhere', () => {
    const certificates = [
      aCertificate('1', { kind: 'training_completion' }),
      aCertificate('2', { countedArea: '320506', personId: 'li' }),
      aCertificate('3', { endedAt: instantOf('2021-08-01'), personId: 'wang' }),
    ];
    for (const id of ['1', '2', '3', 'none']) {
      expect(countRevocationEffects(years(someFacts({ certificates })), id, district)).to.deep.equal([]);
    }
  });

  it('is what the figures and months then show', () => {
    fc.assert(
      fc.property(randomFacts, fc.integer({ min: 1, max: lastInstant }), fc.nat(20), (facts, at, pick) => {
        const revoked = facts.certificates[pick % facts.certificates.length]!;
        const certificates = facts.certificates.map((certificate) =>
          certificate === revoked
            ? { ...certificate, endedAt: Math.min(certificate.endedAt ?? at, at) }
            : certificate,
        );
        const query = { ...district, cutOff: new Date(at) };
        const [before, after] = [buildYear(facts, 2021), buildYear({ ...facts, certificates }, 2021)];
        const effects = countRevocationEffects([before], revoked.id, query);
        const changed = [];
        for (const figure of countFigures(before, query)) {
          if (!figure.recorded) continue;
          for (const measure of [figure.measure, ...figure.companions.map(({ key }) => key)]) {
            const [from, to] = [before, after].map((columns) => countMonths(columns, { ...query, measure }));
            const same = from!.total === to!.total && String(from!.months) === String(to!.months);
            if (!same) changed.push({ code: figure.code, measure, before: from!.total, after: to!.total });
          }
        }
        expect(
          effects.map((effect) => ({
            code: effect.code,
            measure: effect.measure,
            before: effect.before,
            after: effect.after,
          })),
        ).to.deep.equal(changed);
      }),
      { numRuns: 300 },
    );
  });
});
