using System.CommandLine;
using System.CommandLine.Invocation;

namespace ClassContact.Agent;

/// <summary><c>classcontact --version</c>: the version, and which libraries it was built with.</summary>
internal sealed class TellVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"{Product.Version} ({Product.Libraries})");
        return ExitCode.Ok;
    }
}
