// What every page does by itself: toasts go away, a form is sent once, dialogs ask before what cannot be undone, and
// the first field that has to be mended is where the keyboard stands.
import "./guard.js";

const STAY_MS = 6000;

function settle(card) {
  if (card.dataset.settled) return;
  card.dataset.settled = "yes";
  card.querySelector(".toast-close")?.addEventListener("click", () => card.remove());
  const lasting = card.classList.contains("toast-error") || card.classList.contains("toast-warning");
  if (!lasting) setTimeout(() => card.remove(), STAY_MS);
}

const toasts = document.getElementById("toasts");
if (toasts) {
  toasts.querySelectorAll(".toast-card").forEach(settle);
  new MutationObserver(() => toasts.querySelectorAll(".toast-card").forEach(settle)).observe(toasts, { childList: true });
}

// A second press of the button of an ordinary form would send it twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-busy", "true"));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

// <button data-opens="id"> shows that <dialog>; a button with value "" inside closes it. One that comes open, because
// something in it has to be mended, is shown before the page like the one that was sent.
document.querySelectorAll("dialog[open]").forEach((dialog) => {
  dialog.close();
  dialog.showModal();
});
const wrong = document.querySelector("main [aria-invalid=true]:not([type=hidden])");
if (wrong) {
  for (let fold = wrong.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  wrong.focus();
}
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.closest("[data-prints]")) window.print();
});

// A select or a checkbox in <form data-follows> sends the form when it changes (filters).
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-follows]");
  if (form) form.requestSubmit();
});
