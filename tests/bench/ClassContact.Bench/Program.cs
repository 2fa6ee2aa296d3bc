using ClassContact.Bench.Footprint;
using ClassContact.Bench.Lessons;
using ClassContact.Bench.Link;
using ClassContact.Bench.PressToPicture;
using ClassContact.Bench.Recovery;
using ClassContact.Bench.Watching;

// A folder a benchmark. tests/bench/run builds this and names the folder for results in CLASSCONTACT_ARTIFACTS.
var folder = Environment.GetEnvironmentVariable("CLASSCONTACT_ARTIFACTS") ?? throw new InvalidOperationException("tests/bench/run names the folder");
switch (args)
{
    case ["press-to-picture", .. var options]:
        return await PressToPictureBench.Run(folder, options);
    case ["footprint", .. var options]:
        return await FootprintBench.Run(folder, options);
    case ["recovery", .. var options]:
        return await RecoveryBench.Run(folder, options);
    case ["watching", .. var options]:
        return await WatchingBench.Run(folder, options);
    case ["lessons", .. var options]:
        return await LessonsBench.Run(folder, options);
    case ["link", .. var options]:
        return await LinkBench.Run(folder, options);
    default:
        Console.Error.WriteLine("usage: tests/bench/run press-to-picture|footprint|recovery|watching|lessons|link [OPTION]...");
        return 2;
}
