// The form of a training session's facts: its shape, its choices, and the facts it stands for.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { skillLevels } from '../../domain/certifications/skill-levels.ts';
import type { SessionFacts } from '../../domain/training/session-rules.ts';
import {
  fundingSources,
  trainingKinds,
  type FundingSource,
  type TrainingKind,
  type TrainingSession,
} from '../../domain/training/training-session.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, optionalText, text } from '../kernel/fields.ts';
import type { FormState } from '../kernel/form.ts';
import { levelName } from '../presenting/names.ts';

const hours = (label: string) => Joi.number().min(0).max(2000).multiple(0.5).empty('').label(label);
const chosen = (label: string) => text(label, 60).empty('').default(null);

/** The facts as typed; what must fit together is the domain's affair. */
export const sessionFields = {
  name: text('training.field.name', 60).required(),
  kind: choice('training.field.kind', trainingKinds).required(),
  occupationCode: chosen('training.field.occupationCode'),
  trade: optionalText('training.field.trade', 40),
  skillLevel: chosen('training.field.skillLevel'),
  project: optionalText('training.field.project', 60),
  fundingSource: choice('training.field.fundingSource', fundingSources).required(),
  capacity: Joi.number().integer().min(1).max(500).required().label('training.field.capacity'),
  theoryHours: hours('training.field.theoryHours').default(0),
  practiceHours: hours('training.field.practiceHours').default(0),
  startsOn: day('training.field.startsOn').required(),
  endsOn: day('training.field.endsOn').required(),
  venue: text('training.field.venue', 60).required(),
  areaCode: chosen('training.field.areaCode'),
  evaluatorId: chosen('training.field.evaluatorId'),
};

export type TypedSession = Omit<SessionFacts, 'subsidised'>;

/** Training is subsidised exactly when a fund pays for it. */
export function factsFrom(typed: TypedSession): SessionFacts {
  const { name, kind, occupationCode, trade, skillLevel, project, fundingSource, capacity } = typed;
  const { theoryHours, practiceHours, startsOn, endsOn, venue, areaCode, evaluatorId } = typed;
  return {
    ...{ name, kind, occupationCode, trade, skillLevel, project, fundingSource, capacity },
    ...{ theoryHours, practiceHours, startsOn, endsOn, venue, areaCode, evaluatorId },
    subsidised: (fundingSource as FundingSource) !== 'self_funded',
  };
}

const empty: Record<keyof typeof sessionFields, string> = {
  name: '',
  kind: 'upskilling' satisfies TrainingKind,
  occupationCode: '',
  trade: '',
  skillLevel: '',
  project: '',
  fundingSource: 'upskilling_action' satisfies FundingSource,
  capacity: '',
  theoryHours: '',
  practiceHours: '',
  startsOn: '',
  endsOn: '',
  venue: '',
  areaCode: '',
  evaluatorId: '',
};

/** What the fields show: what was typed, else the stored facts, else nothing. */
export function sessionValues(
  state: FormState,
  session: TrainingSession | null = null,
): Record<string, string | string[]> {
  const stored: Record<string, string> = {};
  if (session !== null)
    for (const field of Object.keys(empty) as (keyof typeof empty)[])
      stored[field] = String(session[field] ?? '');
  return { ...empty, ...stored, ...state.values };
}

/** The choices of the form: occupations the centre is filed for today or later, all of them for the bureau. */
export async function sessionChoices(deps: Deps, exchange: Exchange, centreId: string | null) {
  const { lang, actor } = exchange;
  const filed = centreId === null ? null : (await deps.organisations.get(actor.scope, centreId)).filings;
  const codes =
    filed === null
      ? null
      : new Set(filed.filter((one) => one.capacity === 'trainingCentre').map((one) => one.occupationCode));
  const occupations = deps.reference.occupations.filter((one) => codes === null || codes.has(one.code));
  return {
    kinds: trainingKinds.map((kind) => ({ value: kind, text: exchange.t(`training.kind.${kind}`) })),
    funds: fundingSources.map((fund) => ({
      value: fund,
      text: exchange.t(`training.fund.${fund}`),
      hint: null,
    })),
    occupations: occupations.map((one) => ({ value: one.code, text: `${one[lang]}（${one.code}）` })),
    trades: [...new Set(occupations.flatMap((one) => one.trades))],
    levels: skillLevels
      .filter((level) => level.digit !== null)
      .map((level) => ({ value: level.code, text: levelName(lang, level.code) })),
    areas: deps.reference.areas.map((area) => ({ value: area.code, text: area[lang] })),
    evaluators: await deps.reads.trainingChoices.evaluators(actor.scope),
  };
}
