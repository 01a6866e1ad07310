// The desk's page on the disk, with the decoder of the camera: what a reload without a server needs.
import { keepShell } from "../realtime/shell.js";

let busy = false;

// Called again and again until it is done: a server that is slow on the first morning is asked once more.
export async function keep(app) {
  if (busy || app.hasAttribute("kept") || app.desk.left || app.desk.line !== "on") return;
  busy = true;
  try {
    if (!("BarcodeDetector" in window)) await import(app.getAttribute("decoder"));
    app.toggleAttribute("kept", await keepShell());
  } finally {
    busy = false;
  }
}
