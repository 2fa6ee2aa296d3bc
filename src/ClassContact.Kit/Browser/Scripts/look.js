// What the page tells of the call: numbers and yes or no.
(async (joined) => {
  const seen = window[Symbol.for("classcontact")];
  const connections = (seen?.connections ?? []).map((c) => c.deref()).filter((c) => c && c.connectionState !== "closed");
  const tracks = (seen?.tracks ?? []).concat(connections.flatMap((c) => c.getSenders().map((s) => s.track)).filter(Boolean));
  const live = (kind) => tracks.some((t) => t.kind === kind && t.readyState === "live");
  let received = 0;
  for (const connection of connections) {
    for (const part of (await connection.getStats()).values()) {
      if (part.type === "inbound-rtp") received += part.packetsReceived ?? 0;
    }
  }
  return {
    hooked: seen !== undefined,
    loaded: document.readyState !== "loading",
    host: location.hostname,
    status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
    joined: joined ? document.querySelector(joined)?.checkVisibility() === true : live("video") || live("audio"), // a broken camera must not look like a closed room
    camera: live("video"),
    microphone: live("audio"),
    cameraAt: seen?.cameraAt ?? null,
    microphoneAt: seen?.microphoneAt ?? null,
    refused: seen?.refused ?? null,
    received,
    counters: await counters(connections),
  };
})
