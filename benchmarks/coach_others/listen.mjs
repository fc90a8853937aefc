// One tool in a process of its own: node listen.mjs TOOL LINES.json MANY, where LINES.json holds a list of texts.
// Prints JSON: milliseconds until the first answer and for one short line, seconds for MANY lines, peak megabytes.

import { readFileSync } from "node:fs";

const ROUNDS = 5;
const SHORT = 60; // characters

const tools = {
  async alex() {
    const { text } = await import("alex");
    return text;
  },
  async "write-good"() {
    const { default: writeGood } = await import("write-good");
    return writeGood;
  },
  async textlint() {
    const { TextlintKernelDescriptor } = await import("@textlint/kernel");
    const { createLinter } = await import("textlint");
    const plain = (found) => found.default?.default ?? found.default ?? found;
    const descriptor = new TextlintKernelDescriptor({
      plugins: [{ pluginId: "text", plugin: plain(await import("@textlint/textlint-plugin-text")) }],
      rules: [
        { ruleId: "alex", rule: plain(await import("textlint-rule-alex")) },
        { ruleId: "write-good", rule: plain(await import("textlint-rule-write-good")) },
      ],
      filterRules: [],
    });
    const linter = createLinter({ descriptor });
    return (text) => linter.lintText(text, "line.txt");
  },
  async harper() {
    const { LocalLinter } = await import("harper.js");
    const { binaryInlined } = await import("harper.js/binaryInlined");
    const linter = new LocalLinter({ binary: binaryInlined });
    await linter.setup();
    return (text) => linter.lint(text, { language: "plaintext" });
  },
  async nothing() {
    return (text) => text.length;
  },
};

const texts = JSON.parse(readFileSync(process.argv[3], "utf8"));
const loading = performance.now();
const listen = await tools[process.argv[2]]();
await listen(texts[0]);
const load = performance.now() - loading;

async function waited(some, rounds) {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    for (const text of some) {
      const answer = listen(text);
      if (answer instanceof Promise) await answer;
    }
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

// The most memory this program has had; where told, without that of what started it.
function peak() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "ascii"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

const short = texts.filter((text) => text.length < SHORT);
const many = Array.from({ length: Number(process.argv[4]) }, (_, place) => texts[place % texts.length]);
await waited(short, 1); // warm
console.log(
  JSON.stringify({
    load,
    short: (await waited(short, ROUNDS)) / short.length,
    many: (await waited(many, 1)) / 1000,
    memory: peak(),
  }),
);
process.exit(0);
