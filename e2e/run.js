// Starts the site once, runs all tests against it, stops it. Arguments: test files (default: all).
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSite } from "./lib/site.js";

const here = dirname(fileURLToPath(import.meta.url));
const named = process.argv.slice(2);
const all = readdirSync(join(here, "tests")).filter((name) => name.endsWith(".test.js"));
const files = named.length > 0 ? named : all.map((name) => join(here, "tests", name));

const site = await startSite({ signIn: true });
const env = { ...process.env, E2E_BASE: site.base, E2E_DATA: join(site.folder, "data"), E2E_HOUSE: site.house, E2E_CODES: site.codes ? "1" : "0" };
const runner = spawn(process.execPath, ["--test", "--test-reporter=tap", "--test-concurrency=1", ...files], { env, stdio: "inherit" });
const stopAll = () => runner.kill("SIGTERM");
process.on("SIGINT", stopAll).on("SIGTERM", stopAll);
const code = await new Promise((done) => runner.once("exit", done));
await site.stop();
process.exitCode = code ?? 1;
