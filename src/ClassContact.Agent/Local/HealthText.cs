using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Messages;

namespace ClassContact.Agent.Local;

/// <summary>A check's verdict in English, for whoever looks after kits; what is not known here is called by its code.</summary>
internal static class HealthText
{
    private const int Longest = 80;

    private static readonly Kit.Screen.Words English = Kit.Screen.Words.Of("en");

    /// <summary>A fault, or something of which nothing is known, that no other fault explains.</summary>
    public static bool IsRootFault(CheckStatus check) => check.BecauseOf is null && check.Verdict is not (Verdict.Pass or Verdict.Skipped);

    /// <summary>What a check looks at; safe to print.</summary>
    public static string Title(string code) => English.Find($"check.{code}.title") ?? Printable.Of(code, Longest);

    /// <summary>What is wrong, in a few words; safe to print.</summary>
    public static string Short(CheckStatus check) => $"{Title(check.Code)}: {Printable.Of(check.Reason ?? "", Longest)}";

    /// <summary>One line with the check, its verdict and what is wrong; safe to print.</summary>
    public static string Fault(CheckStatus check) => CliWords.Say(
        "status.fault", ("check", Title(check.Code)), ("verdict", CliWords.Of("verdict", check.Verdict)),
        ("what", English.Find($"check.{check.Code}.{check.Reason}.what") ?? Printable.Of(check.Reason, Longest)), ("found", check.Found is { } found ? $" ({Printable.Of(found, Longest)})" : ""));
}
