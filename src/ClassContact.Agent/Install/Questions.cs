using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>Asks what the answers lack.</summary>
internal static class Questions
{
    private static readonly IReadOnlyList<string> Needed = ["kit", "school", "room"];

    /// <summary>Fills the answers in, from a person or with what is usual.</summary>
    /// <param name="answers">What is known; gets the rest.</param>
    /// <param name="there">The settings there are.</param>
    /// <param name="input">The person; null for none.</param>
    /// <param name="output">Gets the questions.</param>
    /// <returns>What must be answered and was not.</returns>
    public static IReadOnlyList<string> Ask(Answers answers, KitSettings? there, TextReader? input, TextWriter output)
    {
        foreach (var name in Answers.Names)
        {
            if (answers[name] is not null)
                continue;
            var usual = KitFromAnswers.Usual(name, there);
            answers[name] = (input is not null && IsAsked(name, answers) ? Ask(name, usual, input, output) : null) ?? usual ?? "";
        }
        return [.. Needed.Where(name => answers.Filled(name) is null), .. Unknown(answers)];
    }

    // A service that nobody vouches for is not asked for a certificate.
    private static IEnumerable<string> Unknown(Answers answers) =>
        answers.Filled("server") is not null && answers.Filled("authority") is null ? ["authority"] : [];

    private static bool IsAsked(string name, Answers answers) => name switch
    {
        "authority" or "code" => answers.Filled("server") is not null,
        "link-file" => answers.Filled("server") is null,
        _ => true,
    };

    // Null for an empty line, and at the end of the input; empty for the dash that takes away what is offered.
    private static string? Ask(string name, string? usual, TextReader input, TextWriter output)
    {
        output.Write($"{CliWords.Say($"setup.ask.{name}")}{(string.IsNullOrEmpty(usual) ? "" : $" [{usual}]")}: ");
        output.Flush();
        return input.ReadLine()?.Trim() is { Length: > 0 } said ? said == "-" ? "" : said : null;
    }
}
