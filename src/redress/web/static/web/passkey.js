// A passkey is made or asked for: the options stand in the page, the browser's answer goes into the form. Browsers that do not know
// how (before 2024) keep the form hidden and say so; a code of the authenticator still does.
const form = document.querySelector("form[data-key]");
const options = JSON.parse(document.getElementById("key-options").textContent);
const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON;

if (able) form.hidden = false;
else form.parentElement.querySelector("[data-key-unable]").hidden = false;

form.addEventListener("submit", async (event) => {
  if (form.elements.credential.value) return;
  event.preventDefault();
  const failed = form.querySelector("[data-key-failed]"), button = form.querySelector("button");
  failed.hidden = true;
  button.disabled = true;
  try {
    const found = options.creation_options
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.creation_options.publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey) });
    form.elements.credential.value = JSON.stringify(found.toJSON());
    form.submit();
  } catch {
    failed.hidden = false;
    button.disabled = false;
    button.focus();
  }
});
