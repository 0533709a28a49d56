/** Software of others that the window contains. */
export interface Credit {
  readonly name: string;
  /** Name in the package registry. */
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  readonly by: string;
}

/** Whom the window owes what to; versions are those of package.json, kept equal by a test. */
export const CREDITS: readonly Credit[] = [
  { name: 'React Flow', package: '@xyflow/react', version: '12.12.1', licence: 'MIT', by: 'xyflow' },
  { name: 'elkjs', package: 'elkjs', version: '0.12.1', licence: 'EPL-2.0', by: 'Kiel University and contributors' },
  { name: 'Inter', package: '@fontsource-variable/inter', version: '5.3.0', licence: 'OFL-1.1', by: 'The Inter Project Authors' },
  { name: 'JetBrains Mono', package: '@fontsource-variable/jetbrains-mono', version: '5.3.0', licence: 'OFL-1.1', by: 'The JetBrains Mono Project Authors' },
  { name: 'React', package: 'react', version: '19.3.1', licence: 'MIT', by: 'Meta Platforms and affiliates' },
  { name: 'Base UI', package: '@base-ui/react', version: '1.9.0', licence: 'MIT', by: 'The Base UI team' },
  { name: 'Electron', package: 'electron', version: '45.4.1', licence: 'MIT', by: 'OpenJS Foundation and contributors' },
];
