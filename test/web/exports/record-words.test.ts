import { expect } from 'chai';
import { apprenticeStatuses } from '../../../src/domain/apprenticeships/apprentice.ts';
import { certificateKinds } from '../../../src/domain/certifications/certificate.ts';
import { duplicateGrounds } from '../../../src/domain/people/duplicate.ts';
import { keyGroups } from '../../../src/domain/people/key-group.ts';
import { correctableFacts, decideErasure } from '../../../src/domain/people/subject-request.ts';
import { attendanceStatuses } from '../../../src/domain/training/attendance.ts';
import { enrolmentStatuses } from '../../../src/domain/training/enrolment.ts';
import { recordWords, type Place } from '../../../src/web/exports/record-words.ts';
import { createWording } from '../../../src/web/wording.ts';

describe('web/exports/record-words', () => {
  const wording = createWording('templates/wording');
  const held = {
    underLegalHold: false,
    hasCertificates: true,
    hasTraining: true,
    hasUploadedFiles: true,
    hasHeldFiles: false,
    hasHeldRows: false,
    hasSentFiles: true,
    hasOpenRequest: true,
    hasEvidence: true,
  };
  const outcomes = [{}, { underLegalHold: true }, { hasCertificates: false, hasOpenRequest: false }].flatMap(
    (other) =>
      decideErasure({ ...held, ...other }).map(({ part, ground }) => `${part}: ${ground ?? 'erased'}`),
  );
  const codes: readonly (readonly [Place['section'], string, readonly string[]])[] = [
    ['enrolments', 'status', enrolmentStatuses],
    ['attendance', 'status', attendanceStatuses],
    ['apprenticeships', 'status', apprenticeStatuses],
    ['certificates', 'status', ['valid', 'revoked', 'undone']],
    ['merges', 'status', ['merged', 'undone']],
    ['duplicates', 'status', ['open', 'merged', 'dismissed', 'superseded']],
    ['requests', 'status', ['submitted', 'accepted', 'refused', 'decided']],
    ['requests', 'request', [...correctableFacts, 'erasure']],
    ['requests', 'outcomes', [...outcomes, outcomes.join(', ')]],
    ['duplicates', 'grounds', [...duplicateGrounds, duplicateGrounds.join(', ')]],
    ['certificates', 'kind', certificateKinds],
    ['numbersSeen', 'field', ['documentNumber', 'mobile', 'wanted']],
    ['person', 'keyGroups', keyGroups.map(({ code }) => `${code} 2021-03-01`)],
    ['events', 'by', ['system', 'holder', 'command line']],
  ];
  for (const [section, field, values] of codes)
    it(`says every ${field} of ${section} in words, in both languages`, () => {
      for (const value of values) {
        expect(recordWords(wording, 'zh', { section, field }, value), value).to.not.match(/[A-Za-z]/);
        const english = recordWords(wording, 'en', { section, field }, value);
        expect(english, value)
          .to.not.equal(value)
          .and.not.match(/[_.]|[a-z][A-Z]/);
      }
    });

  it('names parts and grounds of an erasure one after the other, and leaves what was typed as it is', () => {
    const place: Place = { section: 'requests', field: 'outcomes' };
    expect(recordWords(wording, 'zh', place, 'contactData: erased, training: trainingFiles')).to.equal(
      '联系方式、学历、户籍：已删除；培训和学徒资料：补贴培训资料在法定保存期内',
    );
    expect(recordWords(wording, 'en', { section: 'events', field: 'by' }, '王一')).to.equal('王一');
    expect(recordWords(wording, 'zh', { section: 'uploadedRows', field: 'keyGroups' }, '农民工')).to.equal(
      '农民工',
    );
    expect(recordWords(wording, 'zh', { section: 'requests', field: 'by' }, null)).to.equal('');
  });
});
