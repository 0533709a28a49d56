/**
 * Who may import whom, as written in the architecture. A path is matched from the repository's root; tests beside
 * the code are not part of the layers.
 */
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  layer('no-cycles', {}, { circular: true }, 'Two modules that need each other are one module, or need a third.'),
  layer('shared-is-at-the-bottom', { path: '^shared/' }, { path: '^(catalog|electron|renderer|tests)/' }, 'shared/ knows none of the skins and no content.'),
  layer('lib-knows-nothing', { path: '^shared/lib/' }, { path: '^shared/(?!lib/)' }, 'shared/lib is below the model.'),
  layer('model-on-lib', { path: '^shared/model/' }, { path: '^shared/(?!(lib|model)/)' }, 'The model uses shared/lib only.'),
  layer('migrations-on-model', { path: '^shared/migrations/' }, { path: '^shared/(?!(lib|model|migrations)/)' }, 'Migrations know the model only.'),
  layer('contracts-on-model', { path: '^shared/contracts/' }, { path: '^shared/(?!(lib|model|contracts)/)' }, 'Contracts know the model only.'),
  layer('engine-on-contracts', { path: '^shared/engine/' }, { path: '^shared/(?!(lib|model|contracts|engine)/)' }, 'The engine knows contracts and the model.'),
  layer('drawing-on-contracts', { path: '^shared/drawing/' }, { path: '^shared/(?!(lib|model|contracts|drawing)/)' }, 'How a drawing looks follows from the design and its evaluation alone.'),
  layer('interchange-on-contracts', { path: '^shared/interchange/' }, { path: '^shared/(?!(lib|model|contracts|drawing|interchange)/)' }, 'Formats get catalogue and evaluation as arguments.'),
  layer('ipc-is-messages', { path: '^shared/ipc/' }, { path: '^shared/(?!(lib|model|contracts|ipc)/)' }, 'Messages carry data; they do not compute.'),
  layer('catalog-is-content', { path: '^catalog/' }, { path: '^(electron|renderer|tests)/|^shared/(?!(contracts|model)/|lib/(zod|once-per)[.]ts)' }, 'The catalogue uses shared/contracts, shared/model, and shared/lib/zod.ts and once-per.ts.'),
  layer('electron-not-renderer', { path: '^electron/' }, { path: '^renderer/' }, 'The host serves the page; it does not import it.'),
  layer('renderer-not-electron', { path: '^renderer/' }, { path: '^electron/|node_modules/electron/' }, 'The page asks its host through HostApi.'),
  layer('engine-in-cli-and-workers', { path: '^(electron|renderer)/', pathNot: '^(electron/cli|renderer/src/workers)/' }, { path: '^shared/engine/' }, 'Only the command line and the workers evaluate.'),
  layer('main-does-not-evaluate', { path: '^electron/(main|preload)/' }, { path: '^(catalog/|shared/(engine|interchange|migrations)/)' }, 'The main process moves files; it never parses a document.'),
  layer('features-are-strangers', { path: '^renderer/src/features/([^/]+)/' }, { path: '^renderer/src/features/', pathNot: '^renderer/src/features/$1/' }, 'What two features need moves down.'),
  layer('ui-has-no-domain', { path: '^renderer/src/ui/' }, { path: '^renderer/src/(?!ui/)|^catalog/|^shared/(?!lib/)' }, 'Design-system primitives know no domain words.'),
  layer('only-app-composes', { path: '^renderer/src/(?!app/|main[.]tsx)' }, { path: '^renderer/src/app/' }, 'The shell is at the top.'),
  layer('features-not-canvas', { path: '^renderer/src/features/' }, { path: '^renderer/src/canvas/' }, 'Features and canvas meet in app.'),
  layer('stores-below-features', { path: '^renderer/src/(document|evaluation|persistence|layout|host)/' }, { path: '^renderer/src/(features|canvas|app)/' }, 'Stores do not know who shows them.'),
  layer('workers-by-message', { path: '^renderer/src/(?!workers/|evaluation/|layout/)' }, { path: '^renderer/src/workers/', pathNot: '^renderer/src/workers/(spawn|[^/]*client)[.]ts$' }, 'Workers are reached by message.'),
  layer('nothing-unresolved', {}, { couldNotResolve: true, pathNot: '[?](worker|url|raw|inline)|^virtual:' }, 'Every import must exist.'),
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]test[.]tsx?$|^out/|[.]d[.]ts$' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
