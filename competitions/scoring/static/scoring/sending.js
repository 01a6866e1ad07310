// How this seat's kept items go to the server.
import * as api from "./api.js";
import { t } from "./words.js";

// Marks go in one batch up to the next submission, so that a sheet is never submitted before its own marks.
export const sendFor = (desk) => async (items) => {
  try {
    const end = items.findIndex((item) => item.kind === "submit");
    if (end !== 0) return await api.sendMarks(end < 0 ? items : items.slice(0, end));
    const took = (sheet) => desk.take(sheet);
    return [await api.sendSubmit(items[0], { changed: t("measurement_changed"), took })];
  } catch (error) {
    desk.lost(error);
    throw error;
  }
};
