// Everything held about a person: kept for the officer who asked, or sent to the holder who proved themselves.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { NotFound } from '../../domain/shared/errors.ts';
import { gatherSubjectRecord } from '../../use-cases/exports/gather-subject-record.ts';
import { giveOwnRecord } from '../../use-cases/exports/give-own-record.ts';
import { keepExport } from '../../use-cases/exports/keep-export.ts';
import { holderOf } from '../finds/holding.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FormSpec, FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { purposeSchema, purposeText, showPurposeForm, type AskedExport } from './purpose-form.ts';
import { recordZip } from './record-zip.ts';

export async function showNewRecord(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const person = await deps.people.get(exchange.actor.scope, exchange.params['id']!);
  showPurposeForm(
    exchange,
    {
      title: t('exports.subjectRecord'),
      lead: `${person.name} · ${person.learnerNumber}`,
      text: t('exports.subjectRecordText'),
      action: paths.personRecord(person.id),
      back: { href: paths.person(person.id), text: person.name },
      formats: false,
    },
    state,
  );
}

export const recordForm = (deps: Deps): FormSpec<AskedExport> => ({
  schema: purposeSchema,
  show: (exchange, state) => showNewRecord(deps, exchange, state),
  async act(exchange, asked) {
    const { actor, site } = exchange;
    const id = exchange.params['id']!;
    const { learnerNumber } = await deps.people.get(actor.scope, id);
    const about = { kind: 'person', id } as const;
    const command = { actor, kind: 'subjectRecord', about, label: learnerNumber, ...asked } as const;
    await keepExport(deps, command, async (at) => {
      const gathered = await gatherSubjectRecord(deps, actor.scope, id);
      const line = (lang: 'zh' | 'en') =>
        site.wording.t(lang, 'exports.stamp', {
          by: actor.name,
          at: formatShortInstant(at),
          purpose: purposeText(lang, asked),
        });
      const bytes = await recordZip(deps, site.wording, gathered, {
        zh: line('zh'),
        en: line('en'),
        facts: { by: actor.name, at: at.toISOString(), purpose: asked.purpose, note: asked.note },
      });
      return { name: `${learnerNumber}.zip`, type: 'application/zip', bytes, people: 1 };
    });
    return { to: paths.exports(), flash: { text: exchange.t('exports.made') } };
  },
});

export const ownRecordForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange) => exchange.redirect(paths.myCertificates()),
  async act(exchange) {
    const personId = holderOf(exchange);
    if (personId === null) throw new NotFound();
    const { wording } = exchange.site;
    const gathered = await giveOwnRecord(deps, personId);
    const at = formatShortInstant(exchange.now);
    const bytes = await recordZip(deps, wording, gathered, {
      zh: wording.t('zh', 'exports.ownStamp', { at }),
      en: wording.t('en', 'exports.ownStamp', { at }),
      facts: { by: 'holder', at: exchange.now.toISOString(), purpose: 'subject_access', note: null },
    });
    exchange.send(bytes, { type: 'application/zip', name: 'record.zip' });
    return 'answered';
  },
});
