import { expect } from 'chai';
import { draw, noon } from '../../support/draw.ts';

describe('src/web/helpers/instant', () => {
  it("draws a time element on Shanghai's clock", () => {
    expect(draw('{{instant at}}', { at: noon })).to.equal(
      '<time datetime="2021-12-17T04:00:00.000Z">2021年12月17日 12:00</time>',
    );
    expect(draw('{{instant at form="short"}}', { at: noon })).to.contain('>2021-12-17 12:00<');
    expect(draw('{{instant at form="time"}}', { at: noon })).to.contain('>12:00<');
    expect(draw('{{instant at}}', { at: null })).to.equal('—');
  });

  it('gives plain text for another sentence, and the form of machines', () => {
    expect(draw('{{t "shared.print.on" when=(instantText at)}}', { at: noon }, { lang: 'en' })).to.equal(
      'Printed 17 December 2021, 12:00',
    );
    expect(draw('{{iso at}}', { at: noon })).to.equal('2021-12-17T04:00:00.000Z');
  });

  it('refuses text', () => {
    expect(() => draw('{{instant at}}', { at: '2021-12-17' })).to.throw('cannot print 2021-12-17');
    expect(() => draw('{{iso at}}', { at: '2021-12-17' })).to.throw('{{iso}}');
  });
});
