namespace ClassContact.Kit.Tools;

/// <summary>What came of running a program of the system.</summary>
internal abstract record ToolResult
{
    private ToolResult()
    {
    }

    /// <summary>It ended with 0; all that it wrote, what is no UTF-8 replaced.</summary>
    public sealed record Output(string Text) : ToolResult;

    /// <summary>There is no such program, or it may not be run.</summary>
    public sealed record Missing : ToolResult;

    /// <summary>It had not ended at its deadline and was killed.</summary>
    public sealed record TooSlow : ToolResult;

    /// <summary>It wrote more than was allowed and was killed.</summary>
    public sealed record TooMuch : ToolResult;

    /// <summary>It ended with another code than 0 (128 and the signal's number for a signal).</summary>
    /// <param name="ExitCode">That code.</param>
    /// <param name="Complaint">The first line of its standard error, made safe to show.</param>
    public sealed record Failed(int ExitCode, string Complaint) : ToolResult;
}
