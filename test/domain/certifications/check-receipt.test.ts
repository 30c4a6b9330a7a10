import { expect } from 'chai';
import fc from 'fast-check';
import { checkOutcomes } from '../../../src/domain/certifications/certificate.ts';
import {
  composeReceiptCode,
  readReceiptMinute,
  receiptText,
} from '../../../src/domain/certifications/check-receipt.ts';

describe('domain/certifications/check-receipt', () => {
  const answer = fc.record({
    number: fc.stringMatching(/^[A-Z0-9]{6,22}$/),
    outcome: fc.constantFrom(...checkOutcomes),
    minute: fc
      .date({ min: new Date('2021-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 16).replace('T', ' ')),
  });

  it('says each answer by a text of its own', () => {
    fc.assert(
      fc.property(answer, answer, (a, b) => {
        const same = a.number === b.number && a.outcome === b.outcome && a.minute === b.minute;
        expect(receiptText(a) === receiptText(b)).to.equal(same);
      }),
    );
  });

  it('makes a code of eight letters nobody misreads, the same for the same hash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
        expect(composeReceiptCode(hash)).to.match(/^[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}$/);
        expect(composeReceiptCode(hash)).to.equal(composeReceiptCode(hash));
      }),
    );
  });

  it('reads date and time however they are typed', () => {
    for (const typed of [
      '2021-12-17 16:02',
      '2021/12/17 16:02',
      '2021年12月17日 16:02',
      '２０２１-12-17　16：02',
    ])
      expect(readReceiptMinute(typed), typed).to.equal('2021-12-17 16:02');
    expect(readReceiptMinute('2021-3-5 8:02')).to.equal('2021-03-05 08:02');
    for (const typed of ['', '16:02', '2021-12-17', 'yesterday'])
      expect(readReceiptMinute(typed)).to.equal(null);
  });
});
