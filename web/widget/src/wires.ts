// The real wires of a connection: the browser's own fetch, WebSocket and clock.

import type { Wires } from "./connection.js";
import { createHttp } from "./http.js";
import type { Socket } from "./live-link.js";
import { realTimers } from "./timers.js";

export function realWires(origin: string): Wires {
  return {
    http: createHttp(origin, (input, init) => fetch(input, init), realTimers),
    openSocket: (url: string): Socket => new WebSocket(url) as Socket,
    timers: realTimers,
    liveUrl: (id: string) => `${origin.replace(/^http/, "ws")}/api/v1/conversations/${encodeURIComponent(id)}/live`,
  };
}
