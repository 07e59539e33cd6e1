// Asks the browser for a security key and sends what it answers with the form it belongs to.
const b64 = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function answerOf(credential) {
  if (credential.toJSON) return JSON.stringify(credential.toJSON());
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = b64(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: b64(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

function asked(verb, options) {
  const publicKey =
    verb === "create"
      ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
      : PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return verb === "create" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

for (const form of document.querySelectorAll("form[data-key]")) {
  const said = form.querySelector("[data-said]");
  if (!window.PublicKeyCredential || /^[\d.]+$|:/.test(location.hostname)) {
    said.textContent = said.dataset.here;
    continue;
  }
  form.querySelector("button").disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "Touch the key, or answer your device.";
    try {
      form.elements.answer.value = answerOf(await asked(form.dataset.key, JSON.parse(form.dataset.options)));
      form.submit();
    } catch {
      said.textContent = "The key did not answer. Try again, or use another way.";
    }
  });
}
