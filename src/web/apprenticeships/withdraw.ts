// Withdrawing a filed programme: a page of its own that says beforehand which figures will change and whom it frees.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { isSecondPerson } from '../../domain/accounts/second-person.ts';
import { activeStatuses } from '../../domain/apprenticeships/apprentice.ts';
import { handsOnProgramme, isWithdrawable, type Programme } from '../../domain/apprenticeships/programme.ts';
import { countWithdrawalEffects } from '../../domain/headcounts/index.ts';
import { withdrawProgramme } from '../../use-cases/apprenticeships/move-programme.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { version } from '../kernel/fields.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { presentEffects, yearsSince } from '../presenting/present-effects.ts';

export async function showWithdrawal(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, now: cutOff } = exchange;
  const { scope } = exchange.actor;
  const programme = await deps.programmes.get(scope, exchange.params.id!);
  const [years, names, apprentices] = await Promise.all([
    programme.filedOn === null ? [] : yearsSince(deps, exchange, programme.filedOn),
    deps.organisations.namesOf([programme.enterpriseId]),
    deps.apprentices.count(scope, { programmeId: programme.id, status: { $in: [...activeStatuses] } }),
  ]);
  const effects = countWithdrawalEffects(years, programme.id, { cutOff, scope });
  const title = t('apprenticeships.withdrawTitle', { number: programme.number });
  exchange.page(
    'apprenticeships/withdraw',
    title,
    {
      title,
      lead: names.get(programme.enterpriseId) ?? '',
      refused: refusalOf(exchange, programme),
      frees: t('apprenticeships.withdrawFrees', { count: apprentices }),
      effects: presentEffects(exchange, 'apprenticeships', effects),
      action: paths.apprenticeshipWithdrawal(programme.id),
      back: paths.apprenticeship(programme.id),
      backText: programme.number,
      version: programme.version,
      reason: typeof state.values.reason === 'string' ? state.values.reason : '',
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.apprenticeships(), text: t('apprenticeships.title') },
        { href: paths.apprenticeship(programme.id), text: programme.number },
      ],
    },
  );
}

/** Why the viewer cannot withdraw it, so that nobody writes a reason in vain; null when the form is shown. */
function refusalOf({ actor, t }: Exchange, programme: Programme): string | null {
  if (!isWithdrawable(programme)) return t('apprenticeships.cannotWithdraw');
  return isSecondPerson(actor, handsOnProgramme(programme)) ? null : t('accounts.secondPerson');
}

export const withdrawForm = (deps: Deps): FormSpec<{ reason: string; version: number }> => ({
  schema: Joi.object({ reason: reasonText('apprenticeships.reason'), version }),
  takes: takesEvidence,
  show: (exchange, state) => showWithdrawal(deps, exchange, state),
  async act(exchange, typed, files) {
    const programmeId = exchange.params.id!;
    await withdrawProgramme(deps, {
      actor: exchange.actor,
      programmeId,
      ...typed,
      file: evidenceOf(files),
    });
    return {
      to: paths.apprenticeship(programmeId),
      flash: { text: exchange.t('apprenticeships.withdrawn') },
    };
  },
});
