// Apprentices put on a draft, one a line; and what happens to an apprentice later.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { InvalidInput, type FieldProblem } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { enrolApprentices } from '../../use-cases/apprenticeships/enrol-apprentices.ts';
import { changeApprentice } from '../../use-cases/apprenticeships/move-apprentice.ts';
import { choice, day, text } from '../kernel/fields.ts';
import type { FormSpec } from '../kernel/form.ts';
import { largeFormBytes } from '../kernel/intake.ts';
import { paths } from '../paths.ts';
import { readPersonLines, type PersonLine } from '../presenting/read-person-lines.ts';
import { showProgramme } from './show.ts';

export const addApprenticesForm = (deps: Deps): FormSpec<{ list: string }> => ({
  takes: { bytes: largeFormBytes },
  schema: Joi.object({ list: Joi.string().trim().max(200_000).required().label('apprenticeships.list') }),
  show: (exchange, state) => showProgramme(deps, exchange, state),
  async act(exchange, { list }) {
    const today = dayOf(exchange.now);
    const people = readPersonLines(list, today);
    const rows = people.map((one) => ({
      facts: one.facts,
      contractNumber: null,
      contractFrom: null,
      contractTo: null,
      enterpriseMentor: one.employer,
      schoolMentor: null,
    }));
    const programmeId = exchange.params.id!;
    const enrolled = await enrolApprentices(deps, {
      actor: exchange.actor,
      programmeId,
      enrolledOn: today,
      rows,
    }).catch((error: unknown) => {
      throw error instanceof InvalidInput
        ? new InvalidInput(error.problems.map((problem) => onItsLine(problem, people)))
        : error;
    });
    return {
      to: paths.apprenticeship(programmeId),
      flash: { text: exchange.t('apprenticeships.enrolled', { count: enrolled.length }) },
    };
  },
});

/** The problem of a row, said of the lines as typed, empty ones counted. */
function onItsLine({ details = {}, ...problem }: FieldProblem, people: readonly PersonLine[]): FieldProblem {
  const lineOf = (row: unknown) => people[Number(row) - 1]?.line;
  const lines = Object.entries(details).map(([name, value]) => [name, lineOf(value) ?? value]);
  return { ...problem, field: 'list', details: Object.fromEntries(lines) as typeof details };
}

export const changeApprenticeForm = (
  deps: Deps,
): FormSpec<{
  to: 'suspended' | 'active' | 'left' | 'completed';
  on: string;
  reason: string;
  programmeId: string;
}> => ({
  schema: Joi.object({
    to: choice('apprenticeships.apprentice.state', ['suspended', 'active', 'left', 'completed']).required(),
    on: day('apprenticeships.apprentice.on').required(),
    reason: text('apprenticeships.reason', 300).min(2).required(),
    programmeId: Joi.string().required(),
  }),
  show: (exchange) => exchange.redirect(paths.apprenticeships()),
  async act(exchange, { programmeId, ...change }) {
    await changeApprentice(deps, { actor: exchange.actor, apprenticeId: exchange.params.id!, ...change });
    return { to: paths.apprenticeship(programmeId) };
  },
});
