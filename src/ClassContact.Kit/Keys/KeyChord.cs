namespace ClassContact.Kit.Keys;

/// <summary>What a chord asks for.</summary>
internal readonly record struct KeyChord(KeyAction Action, Chord Chord);
