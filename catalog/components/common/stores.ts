/** Loss window that stands for "all of it", seconds: a year of writes. Results hold no infinite number. */
export const EVERYTHING_LOST_S = 31_536_000;

/** Seconds between the last backup and a loss: point-in-time recovery (RDS: five minutes), daily, or none. */
export const BACKUP_INTERVAL_S = { pitr: 300, daily: 86_400, none: null } as const;
