/** Who may import whom: docs/architecture.md says it in words, this file enforces it in `npm run check`. */
const core = '^src/main/core/';
const ground = '(contract|ports[.]ts|vault|pdf|pki)';
/** A module that may use the ground floor and itself, nothing else in core. */
const module_ = (name, allowed) => ({
  name: `core-${name}-imports`,
  comment: `core/${name} may import only ${allowed} and itself`,
  severity: 'error',
  from: { path: `${core}${name}/` },
  to: { path: core, pathNot: [`${core}${name}/`, `${core}${allowed}`] },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^electron', '[?]'] },
    },
    {
      name: 'core-stays-inside',
      comment: 'core is plain Node: nothing of engine, ipc, desktop, cli, renderer',
      severity: 'error',
      from: { path: core },
      to: { path: '^src/', pathNot: core },
    },
    {
      name: 'electron-only-in-desktop-and-ipc',
      severity: 'error',
      from: { path: '^src/main/', pathNot: '^src/main/(desktop|ipc)/|^src/main/index[.]ts$' },
      to: { path: '(^electron$|node_modules/electron/)' },
    },
    {
      name: 'only-index-imports-desktop',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/(desktop/|index[.]ts$)' },
      to: { path: '^src/main/desktop/' },
    },
    {
      name: 'ipc-does-not-reach-core-modules',
      severity: 'error',
      from: { path: '^src/main/ipc/' },
      to: { path: core, pathNot: `${core}contract/` },
    },
    {
      name: 'cli-goes-through-engine',
      severity: 'error',
      from: { path: '^src/main/cli/' },
      to: { path: core, pathNot: `${core}(contract/|ports[.]ts)` },
    },
    {
      name: 'engine-enters-by-app',
      severity: 'error',
      from: { path: '^src/main/engine/' },
      to: {
        path: core,
        pathNot: `${core}(contract/|ports[.]ts|app/index[.]ts|(typesetting|verification|pdf|signing|scan|attachments)/index[.]ts)`,
      },
    },
    {
      name: 'preload-reads-only-the-contract',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { path: '^src/main/', pathNot: `${core}contract/` },
    },
    {
      name: 'contract-imports-nothing',
      severity: 'error',
      from: { path: `${core}contract/` },
      to: { pathNot: `${core}contract/` },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'a migration imports nothing but the sql helper',
      severity: 'error',
      from: { path: `${core}vault/migrations/\\d` },
      to: { pathNot: `${core}vault/sql[.]ts$` },
    },
    module_('pdf', 'contract'),
    module_('pki', 'contract'),
    module_('vault', '(contract|ports[.]ts)'),
    module_('signing', '(contract|pdf|pki)'),
    module_('verification', '(contract|ports[.]ts|pdf|pki)'),
    module_('typesetting', '(contract|ports[.]ts|pdf)'),
    module_('letters', ground),
    module_('accounts', ground),
    module_('authority', ground),
    module_('addresses', ground),
    module_('notifications', ground),
    module_('statement', 'contract'),
    module_('scan', '(contract|pdf)'),
    module_('attachments', '(contract|pdf|scan/picture-header[.]ts)'),
    module_('privacy', ground),
    module_('office', ground),
    module_('audit', ground),
    module_('queries', ground),
    module_('registers', 'contract'),
    module_('search', '(contract|ports[.]ts|vault|queries)'),
    { name: 'src-never-imports-test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    {
      name: 'private-keys-only-by-node-crypto',
      comment: 'node-forge (RC2 of old PKCS#12 files) stays in pki; pkijs and asn1js are for tests',
      severity: 'error',
      from: { path: '^src/', pathNot: `${core}pki/` },
      to: { path: 'node_modules/(node-forge|pkijs|asn1js)/' },
    },
  ],
  options: {
    // swc reads no TSX here; the page's boundary is oxlint's no-restricted-imports (.oxlintrc.json).
    exclude: { path: '^src/renderer/' },
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
