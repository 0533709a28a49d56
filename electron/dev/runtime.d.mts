/** Types of runtime.mjs for the tests, which are TypeScript. */
export interface FoundElectron {
  readonly binary: string;
  readonly isDevelopment: boolean;
}
export declare const devRuntime: { readonly electron: string; readonly package: string; readonly integrity: string; readonly folder: string };
export declare const APP_FOLDER_VARIABLE: string;
export declare function officialElectron(options?: { download?: boolean }): string | null;
export declare function developmentElectron(): Promise<string | null>;
export declare function copyRuntimeWithoutApp(): string;
export declare function anyElectron(): Promise<FoundElectron | null>;
export declare function launchPlan(isDevelopment: boolean): { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };
export declare function sandboxObstacle(): string | null;
