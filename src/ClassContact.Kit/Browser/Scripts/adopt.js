// Called on the connections of a page that was loaded without the hook, once the hook has been run: from here on it can be looked at like any other.
function adopt() {
  const seen = window[Symbol.for("classcontact")];
  const connections = this.filter((c) => c.connectionState !== "closed");
  seen.connections = connections.map((c) => new WeakRef(c));
  connections.flatMap((c) => c.getSenders().map((s) => s.track)).filter(Boolean).forEach((t) => seen.note(t, t.enabled));
}
