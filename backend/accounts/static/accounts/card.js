// A scanned card carries its secret behind the #, so that no server log and no history of requests ever holds it.
const secret = location.hash.slice(1);
if (secret) {
  history.replaceState(null, "", location.pathname);
  const form = document.querySelector("form[data-card]");
  form.elements.word.value = secret;
  form.requestSubmit();
}
