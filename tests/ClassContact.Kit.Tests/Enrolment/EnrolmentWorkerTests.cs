using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Enrolment;

public class EnrolmentWorkerTests
{
    private static readonly KitSettings Settings =
        new("kit-1", "École du Parc", "5e B", new("janus.json", "/nonexistent/link"), Folders: new(Data: "/nonexistent"), Enrolment: new("https://127.0.0.1:1"));

    [Fact]
    public async Task A_kit_looks_at_its_start_and_once_a_day_and_soon_after_it_has_slept()
    {
        var time = new SleepyTime();
        var looks = 0;
        var worker = new EnrolmentWorker(Settings, time, NullLogger.Instance) { IsFree = () => Interlocked.Increment(ref looks) > 0 };
        using var stop = new CancellationTokenSource();
        var running = worker.Run(stop.Token);
        await Within(time, Renewal.First + Renewal.Step, () => looks == 1);
        await Within(time, TimeSpan.FromHours(20), () => false);
        Assert.Equal(1, looks);
        await Within(time, TimeSpan.FromHours(7), () => looks == 2);
        time.Slept = TimeSpan.FromDays(20);
        await Within(time, Renewal.Step * 2, () => looks == 3);
        Assert.Equal(3, looks);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_disk_that_does_not_let_a_new_certificate_into_its_place_ends_nothing_and_is_tried_again()
    {
        var data = Directory.CreateTempSubdirectory("classcontact-recover-").FullName;
        var folder = Directory.CreateDirectory(Path.Combine(data, "identity")).FullName;
        try
        {
            using (var pair = StrangeService.Certificate("kit-1", "1.3.6.1.5.5.7.3.2"))
            {
                File.WriteAllText(Path.Combine(folder, "next.crt"), pair.ExportCertificatePem());
                File.WriteAllText(Path.Combine(folder, "kit.key"), pair.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            }
            var inTheWay = Directory.CreateDirectory(Path.Combine(folder, "kit.crt"));
            var told = new List<string>();
            var worker = new EnrolmentWorker(Settings with { Folders = new(Data: data) }, TimeProvider.System, NullLogger.Instance) { Tell = (name, cause) => told.Add($"{name} {cause}") };
            using var stop = new CancellationTokenSource();
            var running = worker.Run(stop.Token);
            Assert.False(running.IsFaulted);
            Assert.False(await worker.Look(default));
            Assert.Equal(["certificate-not-renewed disk"], told);
            inTheWay.Delete();
            await worker.Look(default);
            using var current = new IdentityFolder(data).Current();
            Assert.NotNull(current);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    // Small steps, each once the loop has set its alarm.
    private static async Task Within(SleepyTime time, TimeSpan limit, Func<bool> holds)
    {
        for (var passed = TimeSpan.Zero; passed < limit && !holds(); passed += TimeSpan.FromMinutes(1))
        {
            await WaitUntil(() => time.Clock.NextTimer is not null || holds());
            time.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await WaitUntil(() => time.Clock.NextTimer is not null);
    }

    private static async Task WaitUntil(Func<bool> holds)
    {
        for (var i = 0; i < 10_000 && !holds(); i++)
            await Task.Delay(1);
        Assert.True(holds());
    }

    /// <summary>A computer that sleeps: the time of day goes on, its timers do not.</summary>
    private sealed class SleepyTime : TimeProvider
    {
        public FakeTime Clock { get; } = new();

        public TimeSpan Slept { get; set; }

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow() + Slept;

        public override long TimestampFrequency => Clock.TimestampFrequency;

        public override long GetTimestamp() => Clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Clock.CreateTimer(callback, state, dueTime, period);
    }
}
