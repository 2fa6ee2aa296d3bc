using ClassContact.Bench.Footprint;
using ClassContact.Bench.PressToPicture;

// A folder a benchmark. tests/bench/run builds this and names the folder for results in CLASSCONTACT_ARTIFACTS.
var folder = Environment.GetEnvironmentVariable("CLASSCONTACT_ARTIFACTS") ?? throw new InvalidOperationException("tests/bench/run names the folder");
switch (args)
{
    case ["press-to-picture", .. var options]:
        return await PressToPictureBench.Run(folder, options);
    case ["footprint", .. var options]:
        return await FootprintBench.Run(folder, options);
    default:
        Console.Error.WriteLine("usage: tests/bench/run press-to-picture|footprint [OPTION]...");
        return 2;
}
