// Passkeys: asks the portal for a question, the device for its answer, and sends that as a form.
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  /** Options as the portal writes them, with bytes where the browser wants bytes. */
  const read = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const key of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) key.id = bytes(key.id);
    return options;
  };

  /** The device's answer as JSON. */
  const write = (key) => {
    const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const given = fields.filter((name) => key.response[name]).map((name) => [name, text(key.response[name])]);
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, extensions: {}, response: Object.fromEntries(given) });
  };

  const ask = async (form) => {
    const asked = await fetch(form.dataset.passkey, { method: "POST" });
    if (!asked.ok) throw new Error(asked.statusText);
    const { token, options } = await asked.json();
    const publicKey = read(options.publicKey);
    const key = await (publicKey.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
    form.elements.the.value = token;
    form.elements.tra_loi.value = write(key);
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const [button, failed] = [form.querySelector("button"), form.querySelector("[role=alert]")];
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      failed.hidden = true;
      button.disabled = true;
      ask(form).catch(() => {
        failed.hidden = false;
        button.disabled = false;
      });
    });
  }
})();
