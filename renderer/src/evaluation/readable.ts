/** Milliseconds between two changes of text while the load moves: at most fifteen a second can be read (ui 4). */
export const READABLE_MS = 1000 / 15;
