using System.Security.Cryptography;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>What is wrong with the files that answers name.</summary>
/// <param name="source">What problems are told of: the file of answers.</param>
/// <param name="answers">All of them.</param>
internal sealed class AnswersCheck(string source, Answers answers)
{
    /// <summary>Looks at everything, before anything is changed.</summary>
    /// <param name="description">Where the meeting's description is.</param>
    /// <param name="data">Where the kit's private folder is.</param>
    public IReadOnlyList<Problem> Problems(string description, string data)
    {
        var meeting = MeetingDescription.Read(description);
        return [.. meeting.Problems, .. Authority(data), .. meeting.IsGood ? Link(meeting.Value!.Hosts) : []];
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

    // The link itself may stand there, so it is not repeated.
    private IEnumerable<Problem> Link(IReadOnlyList<string> hosts) => answers.Filled("link-file") switch
    {
        null => [],
        var file when !Path.Exists(file) => [new(source, null, "link-file", "is no file that there is: the link belongs in a file, and that file's name here")],
        var file => MeetingLink.Read(file, hosts, belongsToOwner: false).Problems,
    };
}
