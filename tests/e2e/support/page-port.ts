/**
 * The port on which the built page is served during one run. Workers inherit it through the environment; two runs
 * at once get two ports.
 */
export const PAGE_PORT = Number((process.env.PLUMBLINE_TEST_PORT ??= String(20_000 + (process.pid % 20_000))));
