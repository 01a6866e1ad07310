// Signing out of a shared tablet: refused while anything is unsent, and afterwards nothing of the seat stays on it.
export function guardSignOut(form, { outbox, clear, held }) {
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    if (form.dataset.left === "yes") return;
    event.preventDefault();
    await outbox.drain();
    if (await outbox.leave()) {
      await clear();
      form.dataset.left = "yes";
      form.requestSubmit();
    } else {
      held();
    }
  });
}
