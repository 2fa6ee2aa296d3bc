using System.Collections.Immutable;

namespace ClassContact.Kit.Health;

/// <summary>Which fault explains which.</summary>
internal static class Causes
{
    /// <summary>For each check that another explains the code of the first cause, which nothing explains. A check is explained only by those that
    /// stand before it, so that no circle can hide a fault.</summary>
    internal static ImmutableDictionary<string, string> Of(ImmutableArray<Standing> standings)
    {
        // Every check with a cause behind it, whether it has a fault itself: causes reach through what was skipped for their sake.
        var roots = new Dictionary<string, string>();
        var explained = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var standing in standings)
        {
            var code = standing.Check.Code;
            if (standing.Check.DependsOn.Select(on => roots.GetValueOrDefault(on)).FirstOrDefault(root => root is not null) is { } cause && !IsFine(standing))
                explained[code] = roots[code] = cause;
            else if (standing.Explains)
                roots[code] = code;
        }
        return explained.ToImmutable();
    }

    private static bool IsFine(Standing standing) => standing.Verdict?.Verdict is null or Messages.Verdict.Pass;
}
