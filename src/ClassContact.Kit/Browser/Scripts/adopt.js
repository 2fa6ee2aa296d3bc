// Called on the connections of a page that was loaded without the hook: from here on it can be looked at like any other.
function adopt() {
  const key = Symbol.for("classcontact");
  const connections = this.filter((c) => c.connectionState !== "closed");
  const tracks = connections.flatMap((c) => c.getSenders().map((s) => s.track)).filter(Boolean);
  if (!window[key]) {
    Object.defineProperty(window, key, {
      value: { tracks, connections: connections.map((c) => new WeakRef(c)), cameraAt: null, microphoneAt: null, refused: null },
    });
  }
}
