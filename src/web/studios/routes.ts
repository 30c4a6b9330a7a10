// Studios: recognised by the bureau, raised, renewed, led by someone else.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { leadOn, studioKinds, tiers, type StudioKind, type Tier } from '../../domain/studios/studio.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import {
  changeStudioLead,
  recogniseStudio,
  renewStudio,
  upgradeStudio,
} from '../../use-cases/studios/recognise-studio.ts';
import { formatDay } from '../formatting/format-day.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, optionalText, text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { areaName } from '../presenting/names.ts';
import { areaOptions, occupationOptions } from '../presenting/options.ts';
import { loadHistory } from '../trail/load-history.ts';
import { annulForm, showAnnulment } from './annul.ts';
import { presentRecognitions, stateOf } from './present-recognitions.ts';

export function studioRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.studios.pattern, 'studio.list', (exchange) => listStudios(deps, exchange)),
    get(paths.newStudio.pattern, 'studio.recognise', (exchange) => showNew(deps, exchange, freshForm())),
    post(paths.studios.pattern, 'studio.recognise', recogniseForm(deps)),
    get(paths.studio.pattern, 'studio.list', (exchange) => showStudio(deps, exchange, freshForm())),
    post(paths.studioUpgrade.pattern, 'studio.recognise', upgradeForm(deps)),
    post(paths.studioRenewal.pattern, 'studio.recognise', renewForm(deps)),
    post(paths.studioLead.pattern, 'studio.recognise', leadForm(deps)),
    get(paths.newAnnulment.pattern, 'recognition.annul', (exchange) =>
      showAnnulment(deps, exchange, freshForm()),
    ),
    post(paths.annulment.pattern, 'recognition.annul', annulForm(deps)),
  ];
}

async function listStudios(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, lang } = exchange;
  const total = await deps.studios.count(actor.scope, {});
  const { slice, model } = paginate(total, exchange.query.page, paths.studios());
  const found = await deps.studios.find(actor.scope, {}, { sort: { name: 1 }, page: slice });
  const today = dayOf(exchange.now);
  exchange.page('studios/list', t('studios.title'), {
    title: t('studios.title'),
    action: exchange.may('studio.recognise') ? { href: paths.newStudio(), text: t('studios.new') } : null,
    columns: ['name', 'kind', 'tier', 'lead', 'area', 'termEnd', 'state'].map((key) => ({
      label: t(`studios.field.${key}`),
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.name, href: paths.studio(one.id) },
        t(`studios.kind.${one.kind}`),
        t(`studios.tier.${one.tier}`),
        leadOn(one, today)?.name ?? '—',
        areaName(deps.reference, lang, one.areaCode),
        one.termEnd ?? '—',
        { text: '', tag: stateOf(one, today) },
      ],
    })),
    page: model,
  });
}

function showNew(deps: Deps, exchange: Exchange, state: FormState): void {
  const { t, lang } = exchange;
  exchange.page(
    'studios/new',
    t('studios.new'),
    {
      title: t('studios.new'),
      action: paths.studios(),
      back: paths.studios(),
      values: {
        name: '',
        kind: '',
        tier: 'district',
        hostName: '',
        occupationCode: '',
        craft: '',
        areaCode: '',
        lead: '',
        members: '',
        recognisedOn: dayOf(exchange.now),
        document: '',
        termEnd: '',
        ...state.values,
      },
      kinds: studioKinds.map((one) => ({ value: one, text: t(`studios.kind.${one}`) })),
      tiers: tiers.map((one) => ({ value: one, text: t(`studios.tier.${one}`) })),
      areas: areaOptions(deps, lang),
      occupations: occupationOptions(deps, lang),
    },
    { ...formOptions(state), breadcrumb: [{ href: paths.studios(), text: t('studios.title') }] },
  );
}

interface NewStudio {
  name: string;
  kind: StudioKind;
  tier: Tier;
  hostName: string;
  occupationCode: string | null;
  craft: string | null;
  areaCode: string;
  lead: string;
  members: string | null;
  recognisedOn: string;
  document: string;
  termEnd: string | null;
}

const recogniseForm = (deps: Deps): FormSpec<NewStudio> => ({
  schema: Joi.object({
    name: text('studios.field.name', 80).required(),
    kind: choice('studios.field.kind', studioKinds).required(),
    tier: choice('studios.field.tier', tiers).required(),
    hostName: text('studios.field.hostName', 80).required(),
    occupationCode: Joi.string().empty('').default(null),
    craft: optionalText('studios.field.craft', 40),
    areaCode: choice('studios.field.area', deps.reference?.areas.map((area) => area.code) ?? []).required(),
    lead: text('studios.field.lead', 40).required(),
    members: Joi.string().trim().max(2_000).empty('').default(null),
    recognisedOn: day('studios.field.recognisedOn').required(),
    document: text('studios.field.document', 80).required(),
    termEnd: day('studios.field.termEnd').empty('').default(null),
  }),
  show: (exchange, state) => showNew(deps, exchange, state),
  async act(exchange, { tier, recognisedOn, document, lead, members, ...facts }) {
    const from = recognisedOn;
    const others = (members ?? '')
      .split(/[\n、,，]/)
      .map((name) => name.trim())
      .filter(Boolean);
    const studio = await recogniseStudio(deps, {
      actor: exchange.actor,
      facts: {
        ...facts,
        hostId: null,
        members: [
          { name: lead, role: 'lead', skillLevel: null, from, to: null },
          ...others.map((name) => ({ name, role: 'member' as const, skillLevel: null, from, to: null })),
        ],
      },
      recognition: { tier, recognisedOn, document },
    });
    return {
      to: paths.studio(studio.id),
      flash: { text: exchange.t('studios.recognised', { name: studio.name }) },
    };
  },
});

async function showStudio(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor, lang } = exchange;
  const studio = await deps.studios.get(actor.scope, exchange.params.id!);
  const [recognitions, history] = await Promise.all([
    deps.recognitions.find(actor.scope, { subjectId: studio.id }, { sort: { recognisedOn: -1 } }),
    loadHistory(deps, exchange, paths.studio(studio.id), [{ kind: 'studio', ids: [studio.id] }]),
  ]);
  const today = dayOf(exchange.now);
  const row = (key: string, value: string) => ({
    label: t(`studios.field.${key}`),
    value,
    href: null,
    tag: null,
    certificate: null,
    note: null,
  });
  const may = exchange.may('studio.recognise') && studio.status === 'recognised';
  exchange.page(
    'studios/show',
    studio.name,
    {
      title: studio.name,
      tag: stateOf(studio, today),
      facts: [
        row('kind', t(`studios.kind.${studio.kind}`)),
        row('tier', t(`studios.tier.${studio.tier}`)),
        row('lead', leadOn(studio, today)?.name ?? '—'),
        row(
          'members',
          studio.members
            .filter((one) => one.role !== 'lead')
            .map((one) => one.name)
            .join(lang === 'zh' ? '、' : ', ') || '—',
        ),
        row('hostName', studio.hostName),
        row('area', areaName(deps.reference, lang, studio.areaCode)),
        row('termEnd', studio.termEnd === null ? '—' : formatDay(lang, studio.termEnd)),
      ],
      ...presentRecognitions(exchange, recognitions),
      upgrade: may && studio.tier !== 'national' ? paths.studioUpgrade(studio.id) : null,
      renew: may ? paths.studioRenewal(studio.id) : null,
      changeLead: may ? paths.studioLead(studio.id) : null,
      higher: tiers
        .slice(tiers.indexOf(studio.tier) + 1)
        .map((one) => ({ value: one, text: t(`studios.tier.${one}`) })),
      values: {
        tier: '',
        recognisedOn: today,
        document: '',
        termEnd: '',
        reason: '',
        name: '',
        from: today,
        ...state.values,
      },
      history,
    },
    { ...formOptions(state), breadcrumb: [{ href: paths.studios(), text: t('studios.title') }] },
  );
}

const upgradeForm = (
  deps: Deps,
): FormSpec<{ tier: Tier; recognisedOn: string; document: string; termEnd: string | null }> => ({
  schema: Joi.object({
    tier: choice('studios.field.tier', tiers).required(),
    recognisedOn: day('studios.field.recognisedOn').required(),
    document: text('studios.field.document', 80).required(),
    termEnd: day('studios.field.termEnd').empty('').default(null),
  }),
  show: (exchange, state) => showStudio(deps, exchange, state),
  async act(exchange, { termEnd, ...recognition }) {
    await upgradeStudio(deps, { actor: exchange.actor, studioId: exchange.params.id!, recognition, termEnd });
    return { to: paths.studio(exchange.params.id!), flash: { text: exchange.t('studios.upgraded') } };
  },
});

const renewForm = (deps: Deps): FormSpec<{ termEnd: string; reason: string }> => ({
  key: '-renew',
  schema: Joi.object({
    termEnd: day('studios.field.termEnd').required(),
    reason: reasonText('studios.field.reason', 300),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showStudio(deps, exchange, state),
  async act(exchange, value, files) {
    await renewStudio(deps, {
      actor: exchange.actor,
      studioId: exchange.params.id!,
      ...value,
      file: evidenceOf(files),
    });
    return { to: paths.studio(exchange.params.id!), flash: { text: exchange.t('studios.renewed') } };
  },
});

const leadForm = (deps: Deps): FormSpec<{ name: string; from: string; reason: string }> => ({
  key: '-lead',
  schema: Joi.object({
    name: text('studios.field.lead', 40).required(),
    from: day('studios.field.from').required(),
    reason: reasonText('studios.field.reason', 300),
  }),
  takes: takesEvidence,
  show: (exchange, state) => showStudio(deps, exchange, state),
  async act(exchange, { name, from, reason }, files) {
    await changeStudioLead(deps, {
      actor: exchange.actor,
      studioId: exchange.params.id!,
      lead: { name, skillLevel: null },
      from,
      reason,
      file: evidenceOf(files),
    });
    return { to: paths.studio(exchange.params.id!), flash: { text: exchange.t('studios.leadChanged') } };
  },
});
