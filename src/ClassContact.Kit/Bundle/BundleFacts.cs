using System.Text.Json.Nodes;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Bundle;

/// <summary>What the program around a bundle knows.</summary>
/// <param name="Agent">Its version.</param>
/// <param name="Libraries">What it was built with.</param>
/// <param name="Status">What the running agent says of itself, as <c>status --json</c>; null where none answers.</param>
public sealed record BundleFacts(string Agent, string Libraries, JsonNode? Status);

/// <summary>A bundle that was made.</summary>
/// <param name="Name">A name for its file.</param>
/// <param name="Bytes">The tar.gz.</param>
/// <param name="Manifest">What is in it.</param>
public sealed record MadeBundle(string Name, byte[] Bytes, Manifest Manifest)
{
    /// <summary>Writes it to a file that its owner alone may read: whole, or not at all.</summary>
    /// <exception cref="IOException">The disk is full or broken; nothing is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not this user's to write.</exception>
    public void Write(string file) => WholeFile.Write(file, Bytes, UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
