/** Types of layers.mjs for the tests, which are TypeScript. */
export declare function cruiseLayers(baseDir?: string): Promise<{ readonly modules: number; readonly violations: readonly string[] }>;
