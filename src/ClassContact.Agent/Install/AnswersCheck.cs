using System.Security.Cryptography;
using ClassContact.Kit.Door;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>What is wrong with answers that are settings in good shape: the files that they name, and a technician's screen that they would take away.</summary>
/// <param name="source">What problems are told of: the file of answers.</param>
/// <param name="answers">All of them.</param>
/// <param name="made">The settings that they make.</param>
internal sealed class AnswersCheck(string source, Answers answers, KitSettings made)
{
    /// <summary>Looks at everything, before anything is changed.</summary>
    /// <param name="description">Where the meeting's description is.</param>
    /// <param name="data">Where the kit's private folder is.</param>
    public IReadOnlyList<Problem> Problems(string description, string data)
    {
        var meeting = MeetingDescription.Read(description);
        return [.. meeting.Problems, .. Authority(data), .. meeting.IsGood ? Link(meeting.Value!.Hosts) : [], .. DoorsKeys()];
    }

    // A kit that has enrolled keeps the authority with its certificate: the stick may be gone.
    private IEnumerable<Problem> Authority(string data)
    {
        if (answers.Filled("authority") is not { } authority || answers.Filled("server") is null || new IdentityFolder(data).IsThere)
            yield break;
        if (authority.Contains('/', StringComparison.Ordinal))
        {
            if (WhyNoAuthority(authority) is { } why)
                yield return new(source, null, "authority", why);
        }
        else if (new EnrolmentSettings("https://localhost", null, authority).Problems().Any())
        {
            yield return new(source, null, "authority", $"'{authority}' is neither a SHA-256 fingerprint nor a file's name with its folder (/…/ca.pem)");
        }
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

    private IEnumerable<Problem> Link(IReadOnlyList<string> hosts) => answers.Filled("link-file") switch
    {
        null => [],
        var link when link.Contains("://", StringComparison.Ordinal) => [new(source, null, "link-file", "is the link itself: write it into a file, and that file's name here")],
        var file => MeetingLink.Read(file, hosts, belongsToOwner: false).Problems,
    };

    private IEnumerable<Problem> DoorsKeys() =>
        made.Door is null ? new DoorSettings().Problems(made.Keys ?? new()).Select(problem => new Problem(source, null, "start-key or end-key", $"takes the technician's screen away: its {problem}")) : [];
}
