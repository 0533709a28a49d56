/** A font file as a data: address, inlined by the bundler. */
declare module '*.woff2?inline' {
  const address: string;
  export { address as default };
}
