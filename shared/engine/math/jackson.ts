/** Open product-form networks: traffic equations, Jackson stations, multi-class BCMP. Source: Bolch et al. 2006, Lazowska 1984. */
import { mmcExact } from './mmc.ts';

/** Per-station results: U per server, R per visit (s), Q customers, X 1/s. */
export interface OpenNetwork {
  U: number[];
  R: number[];
  Q: number[];
  X: number[];
}

/** Open network with system arrival rate lambda, service S and visits V per station (M/M/c each; servers default 1). */
export function openNetwork(lambda: number, S: readonly number[], V: readonly number[], servers: readonly number[] = []): OpenNetwork {
  const out: OpenNetwork = { U: [], R: [], Q: [], X: [] };
  S.forEach((service, i) => {
    const X = lambda * (V[i] ?? 1);
    const centre = mmcExact(X, service, servers[i] ?? 1);
    out.X.push(X);
    out.U.push(centre.rho);
    out.R.push(centre.responseS);
    out.Q.push(centre.inSystem);
  });
  return out;
}

/**
 * Solves lambda_j = external_j + sum_i lambda_i P[i][j] by Gaussian elimination with partial pivoting.
 * Returns zeros where the routing never leaves (singular system).
 */
export function trafficEquations(external: readonly number[], P: readonly (readonly number[])[]): number[] {
  const n = external.length;
  const rows = external.map((e, j) => [...external.map((_, i) => (i === j ? 1 : 0) - (P[i]?.[j] ?? 0)), e]);
  for (let col = 0; col < n; col++) {
    let pivot = col;
    for (let r = col + 1; r < n; r++) {
      if (Math.abs(rows[r]?.[col] ?? 0) > Math.abs(rows[pivot]?.[col] ?? 0)) pivot = r;
    }
    const top = rows[pivot];
    if (top === undefined || Math.abs(top[col] ?? 0) < 1e-14) return external.map(() => 0);
    rows[pivot] = rows[col] ?? top;
    rows[col] = top;
    eliminate(rows, col);
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

function eliminate(rows: number[][], col: number): void {
  const top = rows[col] ?? [];
  rows.forEach((row, r) => {
    if (r === col) return;
    const factor = (row[col] ?? 0) / (top[col] ?? 1);
    if (factor === 0) return;
    for (let k = col; k < row.length; k++) row[k] = (row[k] ?? 0) - factor * (top[k] ?? 0);
  });
}

/** Per class and centre: utilisation, residence time (s), customers. */
export interface MulticlassResult {
  U: number[][];
  R: number[][];
  Q: number[][];
}

/** Open multi-class PS/BCMP: R_ck = D_ck / (1 - sum_c lambda_c D_ck), D[class][centre] in seconds. Needs sum < 1. */
export function openMulticlass(lambda: readonly number[], D: readonly (readonly number[])[]): MulticlassResult {
  const centres = D[0]?.length ?? 0;
  const busy = Array.from({ length: centres }, (_, k) => D.reduce((acc, row, c) => acc + (lambda[c] ?? 0) * (row[k] ?? 0), 0));
  const U = D.map((row, c) => row.map((d) => (lambda[c] ?? 0) * d));
  const R = D.map((row) => row.map((d, k) => d / (1 - (busy[k] ?? 0))));
  const Q = R.map((row, c) => row.map((r) => (lambda[c] ?? 0) * r));
  return { U, R, Q };
}
