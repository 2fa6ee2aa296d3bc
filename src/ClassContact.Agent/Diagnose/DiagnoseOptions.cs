namespace ClassContact.Agent.Diagnose;

/// <summary>What <c>diagnose</c> was asked for.</summary>
/// <param name="Settings">The kit's settings file.</param>
/// <param name="Only">Codes of the checks to run; all when empty.</param>
/// <param name="Language">Of the texts; null takes the kit's.</param>
/// <param name="Json">For programs.</param>
internal sealed record DiagnoseOptions(string Settings, IReadOnlyList<string> Only, string? Language, bool Json);
