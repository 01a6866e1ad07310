// Signing out of a shared device waits for what is unsent; then nothing of the event stays on it.
import { forgetShells } from "../realtime/shell.js";

export function guardSignOut(app) {
  const form = app.querySelector("form[data-guard=outbox]");
  form.addEventListener("submit", async (event) => {
    if (form.dataset.left === "yes") return;
    event.preventDefault();
    if (!(await app.desk.leave())) {
      app.held = true;
      return app.draw();
    }
    await forgetShells();
    form.dataset.left = "yes";
    form.requestSubmit();
  });
}
