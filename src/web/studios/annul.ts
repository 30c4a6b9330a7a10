// Annulling a recognition: a page of its own that says beforehand which figures will change and how the studio will stand.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { countAnnulmentEffects } from '../../domain/headcounts/index.ts';
import { standingBy, type Recognition } from '../../domain/studios/studio.ts';
import { annulRecognition } from '../../use-cases/studios/annul-recognition.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormSpec, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { presentEffects, yearsSince } from '../presenting/present-effects.ts';

export async function showAnnulment(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang, actor, now: cutOff } = exchange;
  const { scope } = actor;
  const recognition = await deps.recognitions.get(scope, exchange.params.id!);
  const { subjectId, tier, recognisedOn, document } = recognition;
  const isStudio = recognition.subject === 'studio';
  const [years, subject, standing] = await Promise.all([
    yearsSince(deps, exchange, recognisedOn),
    isStudio ? deps.studios.get(scope, subjectId) : deps.trainingPlatforms.get(scope, subjectId),
    deps.recognitions.find(scope, { subjectId, annulledAt: null }),
  ]);
  const left = standingBy(
    subject,
    standing.filter((one) => one.id !== recognition.id),
  );
  const title = t('studios.annul');
  const day = formatDay(lang, recognisedOn);
  exchange.page(
    'studios/annul',
    title,
    {
      title,
      lead: t('studios.annulLead', { name: subject.name, tier: t(`studios.tier.${tier}`), day, document }),
      refused: recognition.annulledAt === null ? null : t('studios.alreadyAnnulled'),
      stands: outcomeOf(exchange, subject, left),
      effects: presentEffects(
        exchange,
        'studios',
        countAnnulmentEffects(years, recognition.id, { cutOff, scope }),
      ),
      action: paths.annulment(recognition.id),
      back: pageOf(recognition),
      backText: subject.name,
      reason: typeof state.values.reason === 'string' ? state.values.reason : '',
    },
    {
      ...formOptions(state),
      breadcrumb: [
        isStudio
          ? { href: paths.studios(), text: t('studios.title') }
          : { href: paths.trainingPlatforms(), text: t('trainingPlatforms.title') },
        { href: pageOf(recognition), text: subject.name },
      ],
    },
  );
}

type Standing = Parameters<typeof standingBy>[0];

function outcomeOf({ t }: Exchange, now: Standing, then: Standing): string {
  if (then.status === 'revoked') return t('studios.annulDown');
  const tier = t(`studios.tier.${then.tier}`);
  return t(now.tier === then.tier ? 'studios.annulStays' : 'studios.annulTo', { tier });
}

function pageOf({ subject, subjectId }: Recognition): string {
  return subject === 'studio' ? paths.studio(subjectId) : paths.trainingPlatform(subjectId);
}

export const annulForm = (deps: Deps): FormSpec<{ reason: string }> => ({
  schema: Joi.object({ reason: reasonText('studios.field.reason') }),
  takes: takesEvidence,
  show: (exchange, state) => showAnnulment(deps, exchange, state),
  async act(exchange, { reason }, files) {
    const annulled = await annulRecognition(deps, {
      actor: exchange.actor,
      recognitionId: exchange.params.id!,
      reason,
      file: evidenceOf(files),
    });
    return { to: pageOf(annulled), flash: { text: exchange.t('studios.annulled') } };
  },
});
