/** The product's version from package.json, put in by the bundler: the development runtime has a version of its own. */
declare const __APP_VERSION__: string;
