import { bureau, centre, may, officer, type Grants } from './grant.ts';

export const peoplePermissions = {
  'person.list': may('search people by name or number', ...centre, ...bureau),
  'person.view': may('open a person', ...centre, ...bureau),
  'person.correct': may("correct a person's name", ...officer),
  'person.merge': may('merge two records of one person, keep them apart, or take a merge back', ...officer),
  'person.reveal': may('see one document number or mobile whole, for a purpose', ...bureau),
  'reveal.list': may('see who saw which number', 'securityAdministrator', 'auditor'),
  'reveal.closeCase': may('close the case of many numbers seen', 'securityAdministrator'),
  'retention.view': may('see how long records are kept, what is held and what went', ...bureau, 'auditor'),
  'hold.set': may('keep records of a person or session past their period, and let them go', ...officer),
  'export.list': may('fetch the files with whole numbers one had made', ...officer),
  'roster.exportNumbers': may('have a roster with whole document numbers made, for a purpose', ...officer),
  'person.exportRecord': may(
    'have everything held about a person made into a file, for a purpose',
    ...officer,
  ),
  'subjectRequest.decide': may('answer what persons ask to have corrected or erased', ...officer),
  'roster.view': may('see the roster of a training session', ...centre, ...bureau, 'townshipDesk'),
  'roster.import': may('add trainees to a roster, by file or by form', ...centre),
  'roster.log': may('see what files were read into rosters', ...centre, ...bureau),
  'enrolment.view': may('open an enrolment', ...centre, ...bureau),
  'enrolment.withdraw': may('withdraw a trainee, or undo it', ...centre),
} as const satisfies Grants;
