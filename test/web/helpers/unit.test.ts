import { expect } from 'chai';
import { draw } from '../../support/draw.ts';

describe('src/web/helpers/unit', () => {
  it('says the unit, singular at one in English', () => {
    expect(
      draw('{{unit "personTimes"}} {{unit "persons" 1}} {{unit "persons" 2}}', {}, { lang: 'en' }),
    ).to.equal('person-times person persons');
    expect(draw('{{unit "personTimes"}}')).to.equal('人次');
  });

  it('refuses a unit that is not one of the list', () => {
    expect(() => draw('{{unit "heads"}}')).to.throw('heads');
  });
});
