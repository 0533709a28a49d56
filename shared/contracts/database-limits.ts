/** What the memory of a database decides, for its component, which states it, and for the known answers, which check it. */

const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;
/** Share of the memory that holds data. */
const BUFFERS = 0.75;

/** RDS default max_connections = LEAST(DBInstanceClassMemory/9531392, 5000). Memory in bytes. */
export function rdsMaxConnections(memoryBytes: number): number {
  return Math.max(0, Math.min(Math.floor(memoryBytes / BYTES_PER_CONNECTION), MOST_CONNECTIONS));
}

/** Share of reads that miss memory: readMiss while hotGb <= .75 RAM, then linearly to 1 at twice that (evaluation 5.6). Sizes in GiB. */
export function workingSetMiss(readMiss: number, hotGb: number, memoryGb: number): number {
  const room = BUFFERS * memoryGb;
  if (!(hotGb > room)) return readMiss;
  if (!(room > 0)) return 1;
  return readMiss + (1 - readMiss) * Math.min(1, (hotGb - room) / room);
}
