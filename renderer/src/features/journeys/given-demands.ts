import { formatMs, formatNumber } from '../../../../shared/lib/format.ts';
import type { Journey } from '../../../../shared/model/design.ts';
import { pointJourney, type PointDemand } from '../../../../shared/model/point-journey.ts';
import { STAGE_KEYS, STAGE_PLACES, type Stage } from '../../../../shared/model/stages.ts';

function words({ cpu_ms, io_ms, write_iops }: PointDemand): readonly string[] {
  return [
    ...(cpu_ms === undefined ? [] : [`${formatMs(cpu_ms)} of processor time`]), ...(io_ms === undefined ? [] : [`${formatMs(io_ms)} of waiting`]),
    ...(write_iops === undefined ? [] : [`${formatNumber(write_iops)} I/O operations`]),
  ];
}

/** What a journey is given for its stages, a line for each: "1.5 ms of processor time in the first service". */
export function givenDemands(journey: Journey): readonly string[] {
  const { demands = {} } = pointJourney(journey);
  return (Object.keys(STAGE_KEYS) as Stage[]).flatMap((stage) => {
    const demand = demands[STAGE_KEYS[stage]];
    return demand === undefined ? [] : words(demand).map((text) => `${text} ${STAGE_PLACES[stage]}`);
  });
}
