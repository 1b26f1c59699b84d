// A small portal of a test's own, without law: for what would disturb the others. Import officers.js and browser.js after it has
// started (`await import`), since they read the address when they are loaded.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, program, waitFor } from "./site.js";

/** Starts it; `again(env)` stops it and starts it anew over the same data. Resolves to { base, again, stop }. */
export async function startOwn(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "pholuat-own-"));
  const port = await freePort();
  const base = `http://localhost:${port}`;
  let server;
  const start = async (more) => {
    const env = { ...process.env, PHOLUAT_DATA: join(folder, "data"), PHOLUAT_SITE_BASE_URL: base, PHOLUAT_SITE_FILES_URL: `http://127.0.0.1:${port}`, PHOLUAT_SERVER_LISTEN: `127.0.0.1:${port}`, PHOLUAT_SERVER_METRICS_LISTEN: "", PHOLUAT_SERVER_PER_SECOND: "10000", PHOLUAT_SERVER_BURST: "10000", ...more };
    delete env.DATABASE_URL;
    server = spawn(program(), ["serve"], { env, stdio: "ignore" });
    await waitFor(async () => (await fetch(`${base}/readyz`)).ok);
  };
  const end = async () => {
    server.kill("SIGTERM");
    if (server.exitCode === null) await once(server, "exit");
  };
  await start(settings);
  Object.assign(process.env, { E2E_BASE: base, E2E_DATA: join(folder, "data") });
  return {
    base,
    again: async (more) => (await end(), start(more)),
    stop: async () => (await end(), rmSync(folder, { recursive: true, force: true })),
  };
}
