// Lets Mozilla's HTTP Observatory look at an address and prints what it found, as JSON: node observatory.mjs PACKAGE HOST
import { pathToFileURL } from "node:url";

const [, , folder, host] = process.argv;
const { scan } = await import(pathToFileURL(`${folder}/src/scanner/index.js`));
const { scan: result, tests } = await scan(host);
const judged = Object.entries(tests).map(([name, one]) => [name, one.pass, one.scoreModifier, one.result]);
console.log(JSON.stringify({ score: result.score, grade: result.grade, tests: judged }));
