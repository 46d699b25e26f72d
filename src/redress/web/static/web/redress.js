// What runs in the browser. Every page works without it, except that countdowns then stand still.
import { watchCountdowns } from "./countdown.js";
import { watchKeys } from "./keys.js";
import { watchFragments } from "./fragments.js";
import { keepDrafts } from "./drafts-kept.js";
import { watchPrinting } from "./printing.js";
import { watchPulse } from "./pulse.js";
import { showCurrent } from "./strips.js";

watchCountdowns();
watchKeys();
watchFragments();
watchPrinting();
watchPulse();
keepDrafts();
showCurrent();
