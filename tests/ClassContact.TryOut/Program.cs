using ClassContact.TryOut;

if (args is not ([] or ["--once"]))
{
    Console.Error.WriteLine("usage: packaging/try [--once]");
    return 2;
}
var folder = Environment.GetEnvironmentVariable("CLASSCONTACT_ARTIFACTS") ?? throw new InvalidOperationException("packaging/try names the folder");
return args.Length == 0 ? await ByHand.Run(folder) : await Once.Run(folder);
