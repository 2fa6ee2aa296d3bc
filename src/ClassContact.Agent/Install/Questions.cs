using ClassContact.Agent.Words;
using ClassContact.Kit;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>Asks what the answers lack.</summary>
/// <param name="there">The settings there are.</param>
/// <param name="person">Who answers; null for nobody.</param>
/// <param name="output">Gets the questions.</param>
/// <param name="devices">What the computer has of cameras and sound.</param>
internal sealed class Questions(KitSettings? there, TextReader? person, TextWriter output, DevicesHere devices)
{
    private static readonly IReadOnlyList<string> Needed = ["kit", "school", "room"];

    // Of these, one may be wrong because of another, or not have been asked because of it.
    private static readonly IReadOnlyList<IReadOnlyList<string>> Together = [["start-key", "end-key"], ["server", "authority", "code", "link-file"]];

    /// <summary>Whether the person ended the input (Ctrl+D) in place of an answer: nothing may come of what was answered before.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Fills the answers in, from a person or with what is usual.</summary>
    /// <param name="answers">What is known; gets the rest.</param>
    /// <returns>What must be answered and was not.</returns>
    public IReadOnlyList<string> Ask(Answers answers)
    {
        foreach (var name in Answers.Names.Where(name => answers[name] is null))
        {
            var usual = KitFromAnswers.Usual(name, there) ?? "";
            if (person is not null && !IsGivenUp && IsAsked(name, answers))
                answers.Give(name, Ask(name, usual, person), AnswerOf.Person);
            else
                answers.Give(name, usual, AnswerOf.Nobody);
        }
        return [.. Needed.Where(name => answers.Filled(name) is null), .. Unknown(answers)];
    }

    /// <summary>Takes answers back that cannot stay, so that their questions are asked again, when a person was asked every one of them.</summary>
    /// <param name="answers">All of them.</param>
    /// <param name="names">What cannot stay; null is no answer's fault.</param>
    public bool TakeBack(Answers answers, IReadOnlyCollection<string?> names)
    {
        if (IsGivenUp || !names.All(name => name is not null && answers.Of(name) is AnswerOf.Person))
            return false;
        foreach (var name in names.SelectMany(name => Together.FirstOrDefault(group => group.Contains(name)) ?? [name!]).Where(name => answers.Of(name) is not AnswerOf.File))
            answers.TakeBack(name);
        return true;
    }

    // A service that nobody vouches for is not asked for a certificate, and a file that has a code for one names it.
    private static IEnumerable<string> Unknown(Answers answers) => (answers.Filled("server"), answers.Filled("authority")) switch
    {
        (not null, null) => ["authority"],
        (null, _) when answers.Of("code") is AnswerOf.File && answers.Filled("code") is not null => ["server"],
        _ => [],
    };

    private bool IsAsked(string name, Answers answers) => name switch
    {
        "authority" or "code" => answers.Filled("server") is not null,
        "link-file" => answers.Filled("server") is null,
        "camera" or "speakerphone" => Choice(name).Count > 1 || KitFromAnswers.Usual(name, there) is { Length: > 0 },
        _ => true,
    };

    private IReadOnlyList<string> Choice(string name) => name switch
    {
        "camera" => devices.Cameras,
        "speakerphone" => devices.Sound,
        _ => [],
    };

    // An empty line takes what is offered, a dash takes it away.
    private string Ask(string name, string usual, TextReader input)
    {
        var question = CliWords.Say($"setup.ask.{name}", ("here", string.Join(", ", Choice(name))));
        output.Write($"{question}{(usual.Length == 0 ? "" : $" [{usual}]")}: ");
        output.Flush();
        var line = input.ReadLine();
        IsGivenUp |= line is null;
        return line?.Trim() switch
        {
            null or "" => usual,
            "-" => "",
            var said => said,
        };
    }
}
