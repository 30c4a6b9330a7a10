// The register of organisations with their filings: training centres, evaluators, enterprises, schools.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { evaluationMethods } from '../../domain/certifications/assessment.ts';
import { skillLevels } from '../../domain/certifications/skill-levels.ts';
import { capacities, type Capacity, type Filing } from '../../domain/organisations/organisation.ts';
import { addFiling, registerOrganisation } from '../../use-cases/organisations/register-organisation.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, day, list, optionalText, text, version } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths, withQuery } from '../paths.ts';
import { areaName, levelName, occupationName } from '../presenting/names.ts';
import { areaOptions, levelOptions, occupationOptions } from '../presenting/options.ts';

export function organisationRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.organisations.pattern, 'organisation.list', (exchange) => listOrganisations(deps, exchange)),
    get(paths.newOrganisation.pattern, 'organisation.edit', (exchange) =>
      showNew(deps, exchange, freshForm()),
    ),
    post(paths.organisations.pattern, 'organisation.edit', registerForm(deps)),
    get(paths.organisation.pattern, 'organisation.view', (exchange) =>
      showOrganisation(deps, exchange, freshForm()),
    ),
    post(paths.organisationFilings.pattern, 'organisation.edit', filingForm(deps)),
  ];
}

async function listOrganisations(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor, lang, query } = exchange;
  const capacity = capacities.find((one) => one === query.capacity) ?? 'trainingCentre';
  const counts = await Promise.all(
    capacities.map((one) => deps.organisations.count(actor.scope, { capacities: one })),
  );
  const { slice, model } = paginate(
    counts[capacities.indexOf(capacity)]!,
    query.page,
    paths.organisations(),
    { capacity },
  );
  const found = await deps.organisations.find(
    actor.scope,
    { capacities: capacity },
    { sort: { nameSortKey: 1 }, page: slice },
  );
  exchange.page('organisations/list', t('organisations.title'), {
    title: t('organisations.title'),
    action: exchange.may('organisation.edit')
      ? { href: paths.newOrganisation(), text: t('organisations.new') }
      : null,
    tabs: capacities.map((one, index) => ({
      href: withQuery(paths.organisations(), { capacity: one }),
      text: t(`organisations.capacity.${one}`),
      count: counts[index]!,
      current: one === capacity,
    })),
    columns: ['name', 'creditCode', 'area', 'filings', 'filingEnd'].map((key) => ({
      label: t(`organisations.field.${key}`),
      numeric: key === 'filings',
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.name, href: paths.organisation(one.id) },
        one.creditCode,
        areaName(deps.reference, lang, one.areaCode),
        one.filings.length,
        one.filings
          .map((filing) => filing.validTo)
          .sort()
          .at(0) ?? '—',
      ],
    })),
    page: model,
  });
}

function showNew(deps: Deps, exchange: Exchange, state: FormState): void {
  const { t, lang } = exchange;
  const typed = state.values.capacities;
  exchange.page(
    'organisations/new',
    t('organisations.new'),
    {
      title: t('organisations.new'),
      action: paths.organisations(),
      back: paths.organisations(),
      values: {
        name: '',
        creditCode: '',
        creditCodeReason: '',
        areaCode: '',
        numberPrefix: '',
        phone: '',
        ...state.values,
      },
      capacities: capacities.map((one) => ({
        value: one,
        text: t(`organisations.capacity.${one}`),
        checked: Array.isArray(typed) ? typed.includes(one) : typed === one,
      })),
      areas: areaOptions(deps, lang),
    },
    { ...formOptions(state), breadcrumb: [{ href: paths.organisations(), text: t('organisations.title') }] },
  );
}

interface NewOrganisation {
  name: string;
  creditCode: string;
  creditCodeReason: string | null;
  capacities: Capacity[];
  areaCode: string | null;
  numberPrefix: string | null;
  phone: string | null;
}

const registerForm = (deps: Deps): FormSpec<NewOrganisation> => ({
  schema: Joi.object({
    name: text('organisations.field.name', 100).required(),
    creditCode: text('organisations.field.creditCode', 40).required(),
    creditCodeReason: optionalText('organisations.field.creditCodeReason', 200),
    capacities: list(choice('organisations.field.capacities', capacities), 4)
      .min(1)
      .label('organisations.field.capacities')
      .messages({ 'array.min': 'organisations.chooseCapacity' }),
    areaCode: Joi.string().empty('').default(null),
    numberPrefix: optionalText('organisations.field.numberPrefix', 13),
    phone: optionalText('organisations.field.phone', 20),
  }),
  show: (exchange, state) => showNew(deps, exchange, state),
  async act(exchange, facts) {
    const organisation = await registerOrganisation(deps, {
      actor: exchange.actor,
      facts: { ...facts, divisionCode: facts.areaCode === null ? '' : '320507' },
    });
    return {
      to: paths.organisation(organisation.id),
      flash: { text: exchange.t('organisations.registered', { name: organisation.name }) },
    };
  },
});

async function showOrganisation(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor, lang } = exchange;
  const organisation = await deps.organisations.get(actor.scope, exchange.params.id!);
  const row = (key: string, value: string) => ({
    label: t(`organisations.field.${key}`),
    value,
    href: null,
    tag: null,
    certificate: null,
    note: null,
  });
  exchange.page(
    'organisations/show',
    organisation.name,
    {
      title: organisation.name,
      lead: organisation.capacities
        .map((one) => t(`organisations.capacity.${one}`))
        .join(lang === 'zh' ? '、' : ', '),
      facts: [
        row('creditCode', organisation.creditCode),
        ...(organisation.creditCodeReason === null
          ? []
          : [row('creditCodeReason', organisation.creditCodeReason)]),
        row('area', areaName(deps.reference, lang, organisation.areaCode)),
        ...(organisation.numberPrefix === null ? [] : [row('numberPrefix', organisation.numberPrefix)]),
        row('phone', organisation.phone ?? '—'),
      ],
      columns: ['occupation', 'levels', 'methods', 'validFrom', 'validTo'].map((key) => ({
        label: t(`organisations.filing.${key}`),
      })),
      rows: organisation.filings.map((filing) => ({
        cells: [
          occupationName(deps.reference, lang, filing.occupationCode),
          filing.skillLevels.map((level) => levelName(lang, level)).join(lang === 'zh' ? '、' : ', '),
          filing.methods
            .map((method) => t(`assessments.method.${method}`))
            .join(lang === 'zh' ? '、' : ', ') || '—',
          filing.validFrom,
          filing.validTo,
        ],
      })),
      add:
        exchange.may('organisation.edit') &&
        organisation.capacities.some((one) => one === 'trainingCentre' || one === 'evaluator')
          ? paths.organisationFilings(organisation.id)
          : null,
      version: String(organisation.version),
      filingCapacities: organisation.capacities
        .filter((one) => one === 'trainingCentre' || one === 'evaluator')
        .map((one) => ({ value: one, text: t(`organisations.capacity.${one}`) })),
      occupations: occupationOptions(deps, lang),
      levels: levelOptions(lang).map((one) => ({ ...one, checked: false })),
      methods: evaluationMethods.map((one) => ({
        value: one,
        text: t(`assessments.method.${one}`),
        checked: false,
      })),
      values: {
        capacity: organisation.capacities[0] ?? '',
        occupationCode: '',
        validFrom: '',
        validTo: '',
        ...state.values,
      },
    },
    {
      ...formOptions(state),
      breadcrumb: exchange.may('organisation.list')
        ? [{ href: paths.organisations(), text: t('organisations.title') }]
        : [],
    },
  );
}

const filingForm = (deps: Deps): FormSpec<Omit<Filing, 'id'> & { version: number }> => ({
  schema: Joi.object({
    version,
    capacity: choice('organisations.field.capacities', ['trainingCentre', 'evaluator']).required(),
    occupationCode: choice(
      'organisations.filing.occupation',
      deps.reference?.occupations.map((one) => one.code) ?? [],
    ).required(),
    skillLevels: list(
      choice(
        'organisations.filing.levels',
        skillLevels.map((one) => one.code),
      ),
      8,
    )
      .min(1)
      .label('organisations.filing.levels')
      .messages({ 'array.min': 'organisations.chooseLevel' }),
    methods: list(choice('organisations.filing.methods', evaluationMethods), 2).label(
      'organisations.filing.methods',
    ),
    validFrom: day('organisations.filing.validFrom').required(),
    validTo: day('organisations.filing.validTo').required(),
  }),
  show: (exchange, state) => showOrganisation(deps, exchange, state),
  async act(exchange, { version: opened, ...filing }) {
    await addFiling(deps, {
      actor: exchange.actor,
      organisationId: exchange.params.id!,
      version: opened,
      filing,
    });
    return {
      to: paths.organisation(exchange.params.id!),
      flash: { text: exchange.t('organisations.filed') },
    };
  },
});
