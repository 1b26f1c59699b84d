// The built program on a free loopback port, with its own data folder.
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SMTPServer } from "smtp-server";
import { SECRET, startHouse } from "./house.js";
import { sampleAmendments, sampleLaw } from "./sample.js";
import { sampleUnits } from "./units.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The program to test: $E2E_PROGRAM, or the newest build in target/. */
export function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const places = [process.env.E2E_PROGRAM, join(target, "release/pholuat"), join(target, "debug/pholuat")];
  const found = places.filter(Boolean).map((place) => resolve(root, place)).find(existsSync);
  if (!found) throw new Error("pholuat is not built: cargo build --bin pholuat");
  return found;
}

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => probe.once("listening", ready));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** The six codes, or false where no registry can be reached. */
function fetchCodes(folder) {
  try {
    execFileSync(join(root, "tools/law-package"), [folder], { stdio: ["ignore", "inherit", "inherit"] });
    return true;
  } catch {
    console.error("e2e: the law package cannot be had; tests of the codes are skipped");
    return false;
  }
}

/** A mail server on a loopback port that keeps what it gets in a file, a line of JSON a letter. */
export async function startMailbox(file) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const pieces = [];
      stream.on("data", (piece) => pieces.push(piece));
      stream.on("end", () => {
        appendFileSync(file, `${JSON.stringify(Buffer.concat(pieces).toString("latin1"))}\n`);
        done();
      });
    },
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { port: server.server.address().port, close: () => new Promise((closed) => server.close(closed)) };
}

/** Starts a site with the codes and, unless told otherwise, the made-up law; with `signIn` people may also sign in at another
 * house. Resolves to { base, codes, folder, house, stop }. */
export async function startSite({ sample = true, signIn = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "pholuat-e2e-"));
  const input = join(folder, "input");
  mkdirSync(input);
  if (sample) {
    writeFileSync(join(input, "luat-mau.txt"), sampleLaw());
    for (const [name, text] of Object.entries(sampleAmendments())) writeFileSync(join(input, name), text);
    // The same law from another source: shorter by some words, so that the first one stands.
    writeFileSync(join(input, "luat-mau-ban-khac.txt"), sampleLaw().replaceAll("trong thời hạn 15 ngày", "trong 15 ngày").replaceAll("Trong thời hạn", "Trong hạn"));
  }
  const codes = fetchCodes(join(input, "codes"));
  const mailbox = await startMailbox(join(folder, "mailbox.jsonl"));
  const port = await freePort();
  // By name: browsers allow passkeys for no bare address.
  const base = `http://localhost:${port}`;
  const house = signIn ? await startHouse(base) : null;
  const env = {
    ...process.env,
    ...(house && {
      PHOLUAT_OIDC_ISSUER: house.issuer,
      PHOLUAT_OIDC_CLIENT_ID: "cong",
      PHOLUAT_OIDC_CLIENT_SECRET: SECRET,
      PHOLUAT_OIDC_LABEL: "Đăng nhập bằng tài khoản tỉnh",
      PHOLUAT_OIDC_SECOND_PROOF_AMR: "mfa",
      PHOLUAT_OIDC_SECOND_PROOF_ACR: "muc-cao",
    }),
    PHOLUAT_DATA: join(folder, "data"),
    PHOLUAT_SITE_BASE_URL: base,
    PHOLUAT_SERVER_LISTEN: `127.0.0.1:${port}`,
    // Another name of this machine: another origin.
    PHOLUAT_SITE_FILES_URL: `http://127.0.0.1:${port}`,
    PHOLUAT_SERVER_METRICS_LISTEN: "",
    PHOLUAT_MAIL_SERVER: `smtp://127.0.0.1:${mailbox.port}`,
    PHOLUAT_MAIL_FROM: "Cổng thử <cong@stp.example.vn>",
    // A browser under test asks faster than a reader.
    PHOLUAT_SERVER_PER_SECOND: "10000",
    PHOLUAT_SERVER_BURST: "10000",
    // A build without optimisation reads slowly.
    PHOLUAT_IMPORT_SECONDS: "120",
  };
  delete env.DATABASE_URL;
  try {
    execFileSync(program(), ["import", input], { env, stdio: ["ignore", "ignore", "inherit"] });
    if (sample) {
      const units = join(folder, "units");
      sampleUnits(units);
      execFileSync(program(), ["units", "import", units], { env, stdio: ["ignore", "ignore", "inherit"] });
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const server = spawn(program(), ["serve"], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  server.stderr.on("data", (piece) => (log += piece));
  const ended = new Promise((done) => server.once("exit", done));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    await mailbox.close();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const ready = async () => {
    if (server.exitCode !== null) throw new Error(`the site ended:\n${log}`);
    const found = await fetch(`${base}/tim?q=${codes ? "91/2015/QH13" : "luat"}`).then((answer) => answer.text());
    return found.includes("<mark>") && !found.includes("note warn");
  };
  await waitFor(ready).catch(async (error) => {
    await stop();
    throw error;
  });
  return { base, codes, folder, house: house?.issuer, stop };
}

/** Tries until `check` is true, three minutes at most: a build without optimisation indexes slowly. */
export async function waitFor(check) {
  const until = Date.now() + 180_000;
  let last = "";
  while (Date.now() < until) {
    try {
      if (await check()) return;
    } catch (error) {
      if (/ended/.test(error.message)) throw error;
      last = error.message;
    }
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`waited in vain ${last}`);
}
