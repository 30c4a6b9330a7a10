// The bureau corrects a person's name, with the reason and the document seen.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { correctPersonName } from '../../use-cases/people/correct-person-name.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text, version } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';

export async function showNameCorrection(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const person = await deps.people.get(exchange.actor.scope, exchange.params['id']!);
  const typed = (name: string, otherwise: string) => {
    const value = state.values[name];
    return typeof value === 'string' ? value : otherwise;
  };
  exchange.page(
    'people/correct-name',
    `${t('people.correctName')} - ${person.learnerNumber}`,
    {
      lead: `${person.name} · ${person.learnerNumber}`,
      action: paths.personName(person.id),
      back: paths.person(person.id),
      version: person.version,
      name: typed('name', person.name),
      reason: typed('reason', ''),
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.people(), text: t('people.listTitle') },
        { href: paths.person(person.id), text: person.name },
      ],
    },
  );
}

interface TypedCorrection {
  readonly name: string;
  readonly reason: string;
  readonly version: number;
}

export const correctNameForm = (deps: Deps): FormSpec<TypedCorrection> => ({
  schema: Joi.object<TypedCorrection>({
    name: text('people.name', 200).required(),
    reason: reasonText('people.correctReason'),
    version,
  }),
  takes: takesEvidence,
  show: (exchange, state) => showNameCorrection(deps, exchange, state),
  async act(exchange, typed, files) {
    const personId = exchange.params['id']!;
    await correctPersonName(deps, {
      actor: exchange.actor,
      personId,
      ...typed,
      file: evidenceOf(files),
    });
    return { to: paths.person(personId), flash: { text: exchange.t('people.nameCorrected') } };
  },
});
