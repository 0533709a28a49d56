import { formatMs, formatNumber } from '../../../../shared/lib/format.ts';
import type { Demand, Journey } from '../../../../shared/model/design.ts';
import { STAGE_KEYS, type Stage } from '../../../../shared/model/stages.ts';

const WHERE: Readonly<Record<Stage, string>> = { entry: 'in the first service', consumer: 'in the first worker', read: 'for each read where its data lives', write: 'for each write where its data lives' };

function words({ cpu_ms, io_ms, write_iops }: Demand): readonly string[] {
  return [
    ...(cpu_ms === undefined ? [] : [`${formatMs(cpu_ms)} of processor time`]), ...(io_ms === undefined ? [] : [`${formatMs(io_ms)} of waiting`]),
    ...(write_iops === undefined ? [] : [`${formatNumber(write_iops)} I/O operations`]),
  ];
}

/** What a journey is given for its stages, a line for each: "1.5 ms of processor time in the first service". */
export function givenDemands({ demands = {} }: Journey): readonly string[] {
  return (Object.keys(STAGE_KEYS) as Stage[]).flatMap((stage) => {
    const demand = demands[STAGE_KEYS[stage]];
    return demand === undefined ? [] : words(demand).map((text) => `${text} ${WHERE[stage]}`);
  });
}
