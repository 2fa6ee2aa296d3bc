using System.Security.Cryptography;
using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>What is wrong with answers and with the files that they name, told of the answer and not of the setting that it becomes.</summary>
/// <param name="file">The file of answers; null where there is none.</param>
/// <param name="answers">All of them.</param>
internal sealed class AnswersCheck(string? file, Answers answers)
{
    /// <summary>Looks at everything, before anything is changed.</summary>
    /// <param name="settings">What is wrong with the settings that the answers make.</param>
    /// <param name="description">Where the meeting's description is.</param>
    /// <param name="data">Where the kit's private folder is.</param>
    public IReadOnlyList<Problem> Problems(IReadOnlyList<Problem> settings, string description, string data)
    {
        if (!File.Exists(description))
            return [.. settings.Select(OfAnswer), Of("meeting", $"'{answers["meeting"]}' is not known: {description} does not exist")];
        var meeting = MeetingDescription.Read(description);
        return [.. settings.Select(OfAnswer), .. meeting.Problems, .. Authority(data), .. meeting.IsGood ? Link(meeting.Value!.Hosts) : []];
    }

    private Problem Of(string name, string text) => new(answers.IsTyped(name) || file is null ? CliWords.Say("setup.typed") : file, null, name, text);

    // What nobody is asked stays the settings' own.
    private Problem OfAnswer(Problem problem)
    {
        if (problem.Field == "enrolment.fingerprint") // which is what an answer without a folder becomes
            return Of("authority", $"'{answers["authority"]}' is neither a SHA-256 fingerprint nor a file's name with its folder (/…/ca.pem)");
        var (name, rest) = problem.Field switch
        {
            "kit" or "school" or "room" or "language" => (problem.Field, ""),
            "keys.start" or "keys.end" => ($"{problem.Field[5..]}-key", ""),
            "classEnd.at" or "classEnd.wednesday" => ("class-end", ""),
            "camera.name" or "speakerphone.name" => (problem.Field[..^5], ""),
            "enrolment.server" => ("server", ""),
            "broker.host" or "broker.port" => ("broker", ""),
            "broker.tls" => ("broker", "tls "),
            _ => ("", ""),
        };
        return name.Length == 0 ? problem : Of(name, rest + problem.Text);
    }

    // A kit that has enrolled keeps the authority with its certificate: the stick may be gone.
    private IEnumerable<Problem> Authority(string data)
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
    private IEnumerable<Problem> Link(IReadOnlyList<string> hosts) => answers.Filled("link-file") switch
    {
        null => [],
        var link when !Path.Exists(link) => [Of("link-file", "is no file that there is: the link belongs in a file, and that file's name here")],
        var link => MeetingLink.Read(link, hosts, belongsToOwner: false).Problems,
    };
}
