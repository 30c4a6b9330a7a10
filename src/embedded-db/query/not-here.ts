// What MongoDB 7.0 has and the embedded database has not: refused by name, so that no query is answered differently.

import { unsupported, type QueryError } from './errors.ts';

const NOT_HERE = {
  expression:
    '$abs $accumulator $acos $acosh $allElementsTrue $anyElementTrue $arrayToObject $asin $asinh $atan $atan2 $atanh ' +
    '$avg $binarySize $bitAnd $bitNot $bitOr $bitXor $bsonSize $ceil $concat $const $convert $cos $cosh $createUUID ' +
    '$dateAdd $dateDiff $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc $dayOfMonth ' +
    '$dayOfWeek $dayOfYear $degreesToRadians $divide $exp $first $firstN $floor $function $getField $hour $indexOfArray ' +
    '$indexOfBytes $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $lastN $let $ln $log $log10 ' +
    '$ltrim $map $max $maxN $median $mergeObjects $meta $millisecond $min $minN $minute $mod $month $multiply ' +
    '$objectToArray $percentile $pow $radiansToDegrees $range $reduce $regexFind $regexFindAll $regexMatch $replaceAll ' +
    '$replaceOne $reverseArray $round $rtrim $sampleRate $second $setDifference $setEquals $setIntersection ' +
    '$setIsSubset $sin $sinh $size $slice $sortArray $split $sqrt $stdDevPop $stdDevSamp $strLenBytes $strLenCP ' +
    '$strcasecmp $substr $substrBytes $substrCP $subtract $sum $switch $tan $tanh $toBool $toDate $toDecimal $toDouble ' +
    '$toHashedIndexKey $toInt $toLong $toLower $toObjectId $toString $toUpper $trim $trunc $tsIncrement $tsSecond $type ' +
    '$unsetField $week $year $zip',
  accumulator:
    '$accumulator $addToSet $bottom $bottomN $count $firstN $last $lastN $maxN $median $mergeObjects $minN $percentile ' +
    '$stdDevPop $stdDevSamp $top $topN',
  stage:
    '$bucket $bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $currentOp $densify $facet $fill $geoNear ' +
    '$graphLookup $indexStats $listSampledQueries $listSearchIndexes $listSessions $planCacheStats $redact $sample ' +
    '$search $searchMeta $setWindowFields $shardedDataDistribution $sortByCount $vectorSearch',
  'query operator':
    '$all $alwaysFalse $alwaysTrue $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $geoIntersects $geoNear ' +
    '$geoWithin $jsonSchema $maxDistance $minDistance $mod $near $nearSphere $sampleRate $size $text $where $within',
  'update operator': '$bit $currentDate $mul $pop $pullAll $rename',
  'projection operator': '$elemMatch $meta $slice',
} as const;

type Kind = keyof typeof NOT_HERE;

const names = new Map(Object.entries(NOT_HERE).map(([kind, list]) => [kind, new Set(list.split(' '))]));

// MongoDB's own codes where it has one for a server that lacks the thing; else what it answers to a name it does not know.
const CODES: Readonly<Record<string, number>> = {
  $changeStream: 40573,
  $near: 291,
  $nearSphere: 291,
  $text: 27,
};
const CODE_OF: Partial<Record<Kind, number>> = { 'query operator': 2, 'update operator': 9 };

/** True for a name of MongoDB's that is not here. */
export function isNotHere(kind: Kind, name: string): boolean {
  return names.get(kind)!.has(name);
}

/** The refusal of such a name, or undefined for names that MongoDB does not know either. */
export function notHere(kind: Kind, name: string): QueryError | undefined {
  return isNotHere(kind, name) ? unsupported(`The ${kind} ${name}`, CODES[name] ?? CODE_OF[kind]) : undefined;
}
