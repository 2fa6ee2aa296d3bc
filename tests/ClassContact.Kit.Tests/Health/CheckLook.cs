using ClassContact.Kit.Health;

namespace ClassContact.Kit.Tests.Health;

/// <summary>Lets one check of a list look, as the agent does; what it did not foresee fails the test.</summary>
internal static class CheckLook
{
    public static async Task<Finding> Look(this IEnumerable<Check> checks, string code, CancellationToken ct = default)
    {
        Exception? trouble = null;
        var finding = await CheckRun.Once(checks.Single(check => check.Code == code), TimeProvider.System, e => trouble = e, ct);
        return trouble is null ? finding : throw trouble;
    }

    /// <summary><c>Fail(none) Jabra</c></summary>
    public static string Brief(this Finding finding) =>
        finding.Verdict + (finding.Reason is { } reason ? $"({reason})" : "") + (finding.Found is { } found ? $" {found}" : "");
}
