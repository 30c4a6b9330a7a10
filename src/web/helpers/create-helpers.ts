// The complete list of helpers a template may call.
import { and, either, eq, isNone, not, or } from './logic.ts';
import { array, concat, object } from './build.ts';
import { cameBack, typedIn } from './came-back.ts';
import { certNumber } from './cert-number.ts';
import { createAsset } from './asset.ts';
import { createT } from './t.ts';
import { createWithin } from './within.ts';
import { count } from './count.ts';
import { day } from './day.ts';
import { errorFor } from './error-for.ts';
import { figureCheck } from './figure-check.ts';
import type { Helper, HelperTools } from './helper-tools.ts';
import { instant, instantText, iso } from './instant.ts';
import { markCount } from './mark-count.ts';
import { quantity } from './quantity.ts';
import { createCellsOf } from './cells-of.ts';
import { statusTag, verdictShape } from './status-tag.ts';
import { unit } from './unit.ts';

/** One entry per helper, by the name templates use. */
export function createHelpers(tools: HelperTools): Record<string, Helper> {
  return {
    t: createT(tools),
    within: createWithin(tools),
    asset: createAsset(),
    day,
    instant,
    instantText,
    iso,
    count,
    unit,
    quantity,
    certNumber,
    statusTag,
    verdictShape,
    cellsOf: createCellsOf(tools),
    figureCheck,
    errorFor,
    cameBack,
    typedIn,
    markCount,
    eq,
    and,
    or,
    not,
    either,
    isNone,
    object,
    array,
    concat,
  };
}
