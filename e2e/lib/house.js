// Another house at which people sign in: a real OpenID Connect server on a loopback port. It asks for a name
// and, by a tick, says that a second proof was given, in the words of `amr` or of `acr`; `/thu/doi-khoa` gives it new keys.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

export const SECRET = "bi-mat-cua-phep-thu";

const FORM = `<!doctype html><html lang="vi"><title>Sở Thông tin</title><h1>Hệ thống đăng nhập của tỉnh</h1>
<form method="post"><label>Tên <input name="ten"></label> <label><input type="checkbox" name="lop2" value="1"> Đã có lớp hai</label> <label><input type="checkbox" name="muc" value="1"> Mức bảo đảm cao</label>
<button name="co" value="1">Vào</button> <button name="khong" value="1">Hủy</button></form>`;

function key(kid) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" };
}

const body = async (request) => {
  let text = "";
  for await (const piece of request) text += piece;
  return new URLSearchParams(text);
};

/** Starts the house for a portal at `base`; resolves to { issuer, close }. */
export async function startHouse(base) {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let turns = 0;
  const open = () =>
    new Provider(issuer, {
      jwks: { keys: [key(`khoa-${turns++}`)] },
      clients: [{ client_id: "cong", client_secret: SECRET, redirect_uris: [`${base}/dang-nhap/tap-trung/ve`], post_logout_redirect_uris: [`${base}/`], response_types: ["code"], grant_types: ["authorization_code"] }],
      pkce: { required: () => true },
      acrValues: ["muc-cao"],
      conformIdTokenClaims: false,
      claims: { openid: ["sub", "amr"], email: ["email"], profile: ["name"] },
      cookies: { keys: ["phep thu"] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@tinh.example.vn`, name: id }) }),
      interactions: { url: (_, interaction) => `/hoi/${interaction.uid}` },
      async loadExistingGrant({ oidc }) {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    });
  let provider = open();
  server.on("request", async (request, response) => {
    if (request.url === "/thu/doi-khoa") {
      provider = open();
      return response.end("xong");
    }
    if (!request.url.startsWith("/hoi/")) return provider.callback()(request, response);
    if (request.method === "GET") return response.setHeader("content-type", "text/html; charset=utf-8").end(FORM);
    const typed = await body(request);
    const login = { accountId: typed.get("ten"), amr: typed.has("lop2") ? ["pwd", "mfa"] : ["pwd"], remember: false, ...(typed.has("muc") && { acr: "muc-cao" }) };
    const result = typed.has("khong") ? { error: "access_denied" } : { login };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  return { issuer, close: () => new Promise((closed) => (server.closeAllConnections(), server.close(closed))) };
}
