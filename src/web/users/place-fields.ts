// Role, body and area of an account, as the forms offer and read them.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { roles, rolesOpenedBy } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice } from '../kernel/fields.ts';
import { areaOptions } from '../presenting/options.ts';

/** The roles an account may get from within, and the bodies and areas that go with them. */
export async function placeOptions(deps: Deps, exchange: Exchange) {
  const organisations = await deps.organisations.find(district, {}, { sort: { nameSortKey: 1 } });
  return {
    roles: rolesOpenedBy(exchange.actor.role).map((one) => ({
      value: one,
      text: exchange.t(`accounts.role.${one}`),
    })),
    organisations: organisations.map((one) => ({ value: one.id, text: one.name })),
    areas: areaOptions(deps, exchange.lang),
  };
}

/** The fields that say on whose records an account acts. */
export const placeFields = {
  role: choice('users.field.role', roles).required(),
  organisationId: Joi.string().empty('').default(null),
  areaCode: Joi.string().empty('').default(null),
};
