// Pages of a long list: 50 rows, the page number in the query, out of range gives the first.
import { withQuery } from '../paths.ts';

export const pageSize = 50;

/** Where the asked page begins and how the pagination partial is filled; `query` is kept in its links. */
export function paginate(
  total: number,
  asked: string | undefined,
  base: string,
  query: Readonly<Record<string, string | undefined>> = {},
): { slice: { skip: number; limit: number }; model: PaginationModel } {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const wanted = Number(asked ?? '1');
  const page = Number.isInteger(wanted) && wanted >= 1 && wanted <= pages ? wanted : 1;
  const skip = (page - 1) * pageSize;
  const link = (to: number) => withQuery(base, { ...query, page: to === 1 ? null : to });
  return {
    slice: { skip, limit: pageSize },
    model: {
      from: total === 0 ? 0 : skip + 1,
      to: Math.min(total, skip + pageSize),
      total,
      page,
      pages,
      previous: page > 1 ? link(page - 1) : null,
      next: page < pages ? link(page + 1) : null,
    },
  };
}

export interface PaginationModel {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly previous: string | null;
  readonly next: string | null;
}
