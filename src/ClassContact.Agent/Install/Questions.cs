using ClassContact.Agent.Words;
using ClassContact.Kit;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>Asks what the answers lack.</summary>
/// <param name="there">The settings there are.</param>
/// <param name="input">The person; null for none.</param>
/// <param name="output">Gets the questions.</param>
/// <param name="devices">What the computer has of cameras and sound.</param>
internal sealed class Questions(KitSettings? there, TextReader? input, TextWriter output, DevicesHere devices)
{
    private static readonly IReadOnlyList<string> Needed = ["kit", "school", "room"];
    private TextReader? person = input; // null once nobody answers any more

    /// <summary>Fills the answers in, from a person or with what is usual.</summary>
    /// <param name="answers">What is known; gets the rest.</param>
    /// <returns>What must be answered and was not.</returns>
    public IReadOnlyList<string> Ask(Answers answers)
    {
        foreach (var name in Answers.Names)
        {
            if (answers[name] is not null)
                continue;
            var usual = KitFromAnswers.Usual(name, there);
            if (IsAsked(name, answers) && Ask(name, usual) is { } said)
                answers.Type(name, said);
            else
                answers[name] = usual ?? "";
        }
        return [.. Needed.Where(name => answers.Filled(name) is null), .. Unknown(answers)];
    }

    /// <summary>Whether a person can be asked once more for all of these, who typed them or has not answered; they are open again then.</summary>
    /// <param name="answers">All of them.</param>
    /// <param name="names">What cannot stay.</param>
    public bool CanAskAgain(Answers answers, IReadOnlyCollection<string> names)
    {
        if (person is null || !names.All(name => answers.IsTyped(name) || (Answers.Names.Contains(name) && answers.Filled(name) is null)))
            return false;
        foreach (var name in names)
            answers.Refuse(name);
        return true;
    }

    // A service that nobody vouches for is not asked for a certificate.
    private static IEnumerable<string> Unknown(Answers answers) =>
        answers.Filled("server") is not null && answers.Filled("authority") is null ? ["authority"] : [];

    private bool IsAsked(string name, Answers answers) => name switch
    {
        "authority" or "code" => answers.Filled("server") is not null,
        "link-file" => answers.Filled("server") is null,
        "camera" or "speakerphone" => Choice(name).Count > 1 || KitFromAnswers.Usual(name, there) is { Length: > 0 } || answers.IsTyped(name),
        _ => true,
    };

    private IReadOnlyList<string> Choice(string name) => name switch
    {
        "camera" => devices.Cameras,
        "speakerphone" => devices.Sound,
        _ => [],
    };

    // Null for an empty line, and at the end of the input; empty for the dash that takes away what is offered.
    private string? Ask(string name, string? usual)
    {
        if (person is null)
            return null;
        var question = CliWords.Say($"setup.ask.{name}", ("here", string.Join(", ", Choice(name))));
        output.Write($"{question}{(string.IsNullOrEmpty(usual) ? "" : $" [{usual}]")}: ");
        output.Flush();
        var line = person.ReadLine();
        if (line is null)
            person = null;
        return line?.Trim() is { Length: > 0 } said ? said == "-" ? "" : said : null;
    }
}
