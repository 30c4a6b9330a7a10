// Key-industry training platforms: recognised by the bureau.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { tiers, type Tier } from '../../domain/studios/studio.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { recogniseTrainingPlatform } from '../../use-cases/studios/recognise-training-platform.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, text, wholeNumber } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { areaName } from '../presenting/names.ts';
import { areaOptions } from '../presenting/options.ts';
import { presentRecognitions, stateOf } from '../studios/present-recognitions.ts';
import { loadHistory } from '../trail/load-history.ts';

export function trainingPlatformRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.trainingPlatforms.pattern, 'trainingPlatform.list', (exchange) =>
      listPlatforms(deps, exchange),
    ),
    get(paths.newTrainingPlatform.pattern, 'trainingPlatform.recognise', (exchange) =>
      showNew(deps, exchange, freshForm()),
    ),
    post(paths.trainingPlatforms.pattern, 'trainingPlatform.recognise', recogniseForm(deps)),
    get(paths.trainingPlatform.pattern, 'trainingPlatform.list', (exchange) => showPlatform(deps, exchange)),
  ];
}

async function listPlatforms(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, lang } = exchange;
  const total = await deps.trainingPlatforms.count(actor.scope, {});
  const { slice, model } = paginate(total, exchange.query.page, paths.trainingPlatforms());
  const found = await deps.trainingPlatforms.find(actor.scope, {}, { sort: { name: 1 }, page: slice });
  exchange.page('training-platforms/list', t('trainingPlatforms.title'), {
    title: t('trainingPlatforms.title'),
    action: exchange.may('trainingPlatform.recognise')
      ? { href: paths.newTrainingPlatform(), text: t('trainingPlatforms.new') }
      : null,
    columns: ['name', 'industry', 'tier', 'hostName', 'area', 'capacity', 'state'].map((key) => ({
      label: t(`trainingPlatforms.field.${key}`),
      numeric: key === 'capacity',
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.name, href: paths.trainingPlatform(one.id) },
        one.industry,
        t(`studios.tier.${one.tier}`),
        one.hostName,
        areaName(deps.reference, lang, one.areaCode),
        one.capacity,
        { text: '', tag: stateOf(one, dayOf(exchange.now)) },
      ],
    })),
    page: model,
  });
}

function showNew(deps: Deps, exchange: Exchange, state: FormState): void {
  const { t, lang } = exchange;
  exchange.page(
    'training-platforms/new',
    t('trainingPlatforms.new'),
    {
      title: t('trainingPlatforms.new'),
      action: paths.trainingPlatforms(),
      back: paths.trainingPlatforms(),
      values: {
        name: '',
        industry: '',
        hostName: '',
        areaCode: '',
        capacity: '',
        tier: 'district',
        recognisedOn: dayOf(exchange.now),
        document: '',
        termEnd: '',
        ...state.values,
      },
      tiers: tiers.map((one) => ({ value: one, text: t(`studios.tier.${one}`) })),
      areas: areaOptions(deps, lang),
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.trainingPlatforms(), text: t('trainingPlatforms.title') }],
    },
  );
}

interface NewPlatform {
  name: string;
  industry: string;
  hostName: string;
  areaCode: string;
  capacity: number;
  tier: Tier;
  recognisedOn: string;
  document: string;
  termEnd: string | null;
}

const recogniseForm = (deps: Deps): FormSpec<NewPlatform> => ({
  schema: Joi.object({
    name: text('trainingPlatforms.field.name', 80).required(),
    industry: text('trainingPlatforms.field.industry', 40).required(),
    hostName: text('trainingPlatforms.field.hostName', 80).required(),
    areaCode: choice(
      'trainingPlatforms.field.area',
      deps.reference?.areas.map((area) => area.code) ?? [],
    ).required(),
    capacity: wholeNumber('trainingPlatforms.field.capacity', 1, 10_000).required(),
    tier: choice('trainingPlatforms.field.tier', tiers).required(),
    recognisedOn: day('trainingPlatforms.field.recognisedOn').required(),
    document: text('trainingPlatforms.field.document', 80).required(),
    termEnd: day('trainingPlatforms.field.termEnd').empty('').default(null),
  }),
  show: (exchange, state) => showNew(deps, exchange, state),
  async act(exchange, { tier, recognisedOn, document, ...facts }) {
    const platform = await recogniseTrainingPlatform(deps, {
      actor: exchange.actor,
      facts: { ...facts, hostId: null, occupationCodes: [] },
      recognition: { tier, recognisedOn, document },
    });
    return {
      to: paths.trainingPlatform(platform.id),
      flash: { text: exchange.t('trainingPlatforms.recognised', { name: platform.name }) },
    };
  },
});

async function showPlatform(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, lang } = exchange;
  const platform = await deps.trainingPlatforms.get(actor.scope, exchange.params.id!);
  const [recognitions, history] = await Promise.all([
    deps.recognitions.find(actor.scope, { subjectId: platform.id }, { sort: { recognisedOn: -1 } }),
    loadHistory(deps, exchange, paths.trainingPlatform(platform.id), [
      { kind: 'platform', ids: [platform.id] },
    ]),
  ]);
  const row = (key: string, value: string) => ({
    label: t(`trainingPlatforms.field.${key}`),
    value,
    href: null,
    tag: null,
    certificate: null,
    note: null,
  });
  exchange.page(
    'training-platforms/show',
    platform.name,
    {
      title: platform.name,
      tag: stateOf(platform, dayOf(exchange.now)),
      facts: [
        row('industry', platform.industry),
        row('tier', t(`studios.tier.${platform.tier}`)),
        row('hostName', platform.hostName),
        row('area', areaName(deps.reference, lang, platform.areaCode)),
        row('capacity', t('trainingPlatforms.people', { count: platform.capacity })),
        row('termEnd', platform.termEnd === null ? '—' : formatDay(lang, platform.termEnd)),
      ],
      ...presentRecognitions(exchange, recognitions),
      history,
    },
    { breadcrumb: [{ href: paths.trainingPlatforms(), text: t('trainingPlatforms.title') }] },
  );
}
