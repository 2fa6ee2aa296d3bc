using System.Security.Cryptography;
using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>Something wrong, and the answer that it comes from.</summary>
/// <param name="Question">The question's name; null for what no answer can mend.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record AnswerProblem(string? Question, Problem Problem);

/// <summary>What is wrong with answers and with the files that they name, told of the answer and not of the setting that it becomes.</summary>
/// <param name="file">The file of answers; null where there is none.</param>
/// <param name="answers">All of them.</param>
internal sealed class AnswersCheck(string? file, Answers answers)
{
    /// <summary>Looks at everything, before anything is changed.</summary>
    /// <param name="settings">What is wrong with the settings that the answers make.</param>
    /// <param name="description">Where the meeting's description is.</param>
    /// <param name="data">Where the kit's private folder is.</param>
    public IReadOnlyList<AnswerProblem> Problems(IReadOnlyList<Problem> settings, string description, string data)
    {
        var ofSettings = settings.Select(OfAnswer);
        if (!File.Exists(description))
            return [.. ofSettings, Of("meeting", $"'{answers["meeting"]}' is not known: {description} does not exist")];
        var meeting = MeetingDescription.Read(description);
        return
        [
            .. ofSettings, .. meeting.Problems.Select(problem => new AnswerProblem("meeting", problem)), .. Authority(data),
            .. meeting.IsGood ? Link(meeting.Value!.Hosts) : [],
        ];
    }

    private AnswerProblem Of(string name, string text) => new(name, new(answers.Of(name) is AnswerOf.File ? file! : CliWords.Say("setup.typed"), null, name, text));

    // What nobody answered stays the settings' own.
    private AnswerProblem OfAnswer(Problem problem)
    {
        var (name, text) = problem.Field switch
        {
            "kit" or "school" or "room" or "language" => (problem.Field, problem.Text),
            "keys.start" or "keys.end" => ($"{problem.Field[5..]}-key", problem.Text),
            "keys.mute" or "keys.help" => ("start-key", null), // which may have come into its way
            "classEnd.at" or "classEnd.wednesday" => ("class-end", problem.Text),
            "camera.name" or "speakerphone.name" => (problem.Field[..^5], problem.Text),
            "enrolment.server" => ("server", problem.Text),
            // Which is what an answer without a folder becomes.
            "enrolment.fingerprint" => ("authority", $"'{answers["authority"]}' is neither a SHA-256 fingerprint nor a file's name with its folder (/…/ca.pem)"),
            "broker.host" or "broker.port" => ("broker", problem.Text),
            "broker.tls" => ("broker", $"tls {problem.Text}"),
            "broker.tls.certificateFile" => ("kit", null), // which may be made out to another
            _ => (null, (string?)null),
        };
        return name is null || text is null || answers.Of(name) is AnswerOf.Nobody ? new(name, problem) : Of(name, text);
    }

    // A kit that has enrolled keeps the authority with its certificate: the stick may be gone.
    private IEnumerable<AnswerProblem> Authority(string data)
    {
        if (answers.Filled("authority") is not { } authority || answers.Filled("server") is null || new IdentityFolder(data).IsThere)
            yield break;
        if (authority.Contains('/', StringComparison.Ordinal) && WhyNoAuthority(authority) is { } why)
            yield return Of("authority", why);
    }

    private static string? WhyNoAuthority(string file)
    {
        try
        {
            IdentityFolder.ReadAuthorities(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? $"'{file}' does not exist" : $"'{file}' is no certificate in PEM";
        }
    }

    // The link itself may stand there, so it is not repeated.
    private IEnumerable<AnswerProblem> Link(IReadOnlyList<string> hosts) => answers.Filled("link-file") switch
    {
        null => [],
        var link when !Path.Exists(link) => [Of("link-file", "is no file that there is: the link belongs in a file, and that file's name here")],
        var link => MeetingLink.Read(link, hosts, belongsToOwner: false).Problems.Select(problem => new AnswerProblem("link-file", problem)),
    };
}
