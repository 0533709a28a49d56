/** The product's version from package.json, put in by the bundler. */
declare const __APP_VERSION__: string;
