// This folder is not the package: `npm run package` writes that to build/package.
console.error('berkeley: pack build/package, which `npm run package` writes (see RELEASING.md)');
process.exit(1);
