/** Amdahl's law. Source: Amdahl 1967. */

/** Speed-up of n processors when a share `serial` (0..1) cannot be parallel: N / (1 + serial (N-1)). */
export function amdahlSpeedup(n: number, serial: number): number {
  return n / (1 + serial * (n - 1));
}
