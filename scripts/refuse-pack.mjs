// This directory is not the package: `npm run package` writes the package to build/package.
console.error('berkeley: pack build/package, which `npm run package` writes (see RELEASING.md)');
process.exit(1);
