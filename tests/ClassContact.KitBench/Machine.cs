using System.Globalization;
using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.KitBench.Image;

namespace ClassContact.KitBench;

/// <summary>
/// A virtual computer with Debian 12 and its own systemd, on a disk of its own. Disposing it, or the end of this program however it comes,
/// ends it and takes its files away.
/// </summary>
public sealed partial class Machine : IAsyncDisposable
{
    /// <summary>Ten seconds on two quiet cores; everything in it is some twenty times slower than outside.</summary>
    private static readonly TimeSpan LongestBoot = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly MachineFolder folder;
    private readonly Keeper keeper;
    private Qmp? control;
    private CommandChannel? commands;
    private int copies;
    private bool saved;

    private readonly Diary diary = new();

    private readonly MachineImage image;
    private readonly Hardware hardware;

    private Machine(MachineImage image, Hardware hardware)
    {
        (this.image, this.hardware, folder) = (image, hardware, MachineFolder.Make());
        keeper = Keeper.Of(folder.Path);
    }

    /// <summary>What the kernel and systemd wrote to the serial line, since it was made.</summary>
    public string Console => File.Exists(folder.Console) ? File.ReadAllText(folder.Console) : "";

    private Qmp Control => control ?? throw new InvalidOperationException("the machine is off");

    private CommandChannel Commands => commands ?? throw new InvalidOperationException("the machine is off");

    /// <summary>A new machine that takes commands.</summary>
    /// <exception cref="TimeoutException">It did not within three minutes; the message ends with what it wrote last.</exception>
    public static Task<Machine> Boot(MachineImage image, Hardware? hardware = null) =>
        Start(image, hardware ?? Hardware.Plain, image.Disk, machine => machine.PowerOn());

    /// <summary>A new machine that goes on where another was saved, in about a second. Its clock is that of this computer.</summary>
    public static Task<Machine> From(Checkpoint saved) => Start(saved.Image, saved.Hardware, saved.Disk, machine => machine.Wake(saved.State));

    /// <summary>Runs a command with bash, as root.</summary>
    /// <param name="command">A line or a whole script.</param>
    /// <param name="deadline">A minute unless given; then it is killed and its code is 124.</param>
    /// <exception cref="TimeoutException">The machine itself does not answer.</exception>
    public Task<Answer> Run(string command, TimeSpan? deadline = null) => diary.Write(command, () => Commands.Run(command, deadline ?? Minute));

    /// <summary>The output of a command that must end well.</summary>
    /// <exception cref="IOException">It did not; the message tells its code and what it said.</exception>
    public async Task<string> Good(string command, TimeSpan? deadline = null)
    {
        var answer = await Run(command, deadline);
        return answer.IsGood ? answer.Output : throw new IOException($"{command}: code {answer.Code}, {answer.Output}");
    }

    /// <summary>Waits until a command ends well, and returns its output.</summary>
    /// <exception cref="TimeoutException">It did not before the deadline, a minute unless given.</exception>
    public async Task<string> Until(string command, TimeSpan? deadline = null) =>
        (await WaitFor.That($"'{command}' to end well in the machine", () => Run(command), answer => answer.IsGood, deadline ?? Minute)).Output;

    /// <summary>Copies a file or a folder of this computer to <paramref name="path"/> in the machine, which must not be there yet.</summary>
    public async Task CopyIn(string file, string path)
    {
        var (name, isFolder) = ($"{++copies}", Directory.Exists(file));
        var shared = Path.Combine(folder.Shared, name);
        // A folder goes as one file: each one costs some ten steps between the machine and here.
        await (isFolder ? HostTool.Run("tar", "--create", "--file", shared, "--directory", file, ".") : HostTool.Run("cp", file, shared));
        await Shared(isFolder
            ? $"mkdir -p '{path}' && tar --extract --no-same-owner --file \"$shared/{name}\" --directory '{path}'"
            : $"mkdir -p \"$(dirname '{path}')\" && cp \"$shared/{name}\" '{path}'");
        File.Delete(shared);
    }

    /// <summary>Copies a file or a folder of the machine to <paramref name="file"/> here.</summary>
    public async Task CopyOut(string path, string file)
    {
        var name = $"{++copies}";
        await Shared($"cp -R '{path}' \"$shared/{name}\"");
        await HostTool.Run("mv", "-T", Path.Combine(folder.Shared, name), file);
    }

    /// <summary>Restarts it in good order; comes back when it takes commands again.</summary>
    public Task Reboot() => Reboots(() => Commands.Tell("systemctl reboot"));

    /// <summary>The same, asked for in another way.</summary>
    /// <param name="asked">Asks for it.</param>
    public async Task Reboots(Func<Task> asked)
    {
        Commands.ExpectRestart();
        await asked();
        await Up();
    }

    /// <summary>Takes the power away in the middle of whatever it does. What it had not flushed to its disk is lost.</summary>
    public async Task CutPower()
    {
        await keeper.Cut();
        Disconnect();
    }

    /// <summary>Starts it from its disk; comes back when it takes commands.</summary>
    public async Task PowerOn()
    {
        await StartQemu();
        commands = await CommandChannel.Connect(folder.Commands);
        await Up();
    }

    /// <summary>Ends it where it stands, for others to go on from there.</summary>
    public async Task<Checkpoint> Save()
    {
        await Control.Execute("stop");
        await Control.Execute("migrate", new JsonObject { ["uri"] = $"exec:cat >{folder.State}" });
        var how = await WaitFor.That("the machine to be saved", () => Control.Execute("query-migrate"), how => (string?)how!["status"] is "completed" or "failed", Minute);
        if ((string?)how!["status"] == "failed")
            throw new IOException($"the machine was not saved: {how["error-desc"]}");
        await CutPower();
        saved = true;
        return new(image, hardware, folder, keeper);
    }

    /// <summary>Pulls the network cable, or plugs it in again.</summary>
    public async Task SetCable(bool plugged) => await Control.Execute("set_link", new JsonObject { ["name"] = "nic", ["up"] = plugged });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Disconnect();
        if (saved) return; // the checkpoint's now
        diary.Keep(folder.Console, folder.Log);
        await keeper.DisposeAsync();
    }

    private static async Task<Machine> Start(MachineImage image, Hardware hardware, string disk, Func<Machine, Task> start)
    {
        var machine = new Machine(image, hardware);
        try
        {
            await HostTool.Run("qemu-img", "create", "-q", "-f", "qcow2", "-b", disk, "-F", "qcow2", machine.folder.Disk);
            await start(machine);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    private async Task Wake(string state)
    {
        await StartQemu("-incoming", $"exec:cat {state}");
        await WaitFor.That("the machine to be as it was saved", () => Control.Execute("query-status"), how => (string?)how!["status"] == "paused", Minute);
        await Control.Execute("cont");
        commands = await CommandChannel.Connect(folder.Commands); // earlier, the machine would not know of it
        await Good(string.Create(CultureInfo.InvariantCulture, $"date --set @{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0}"));
    }

    private async Task StartQemu(params string[] more)
    {
        foreach (var socket in new[] { folder.Control, folder.Commands, folder.Viewer }) File.Delete(socket); // a machine without power left them
        await File.WriteAllTextAsync(folder.Command, string.Concat(QemuCommand.For(image, hardware, folder).Concat(more).Select(argument => argument + "\0")));
        await keeper.On();
        try
        {
            control = await Qmp.Connect(folder.Control);
        }
        catch (TimeoutException e)
        {
            throw new IOException($"QEMU did not start: {await File.ReadAllTextAsync(folder.Log)}", e);
        }
    }

    private async Task Up()
    {
        try
        {
            await Commands.Ready(LongestBoot);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            throw new TimeoutException($"the machine does not take commands; it ended with: {string.Join('\n', Console.Split('\n').TakeLast(30))}", e);
        }
    }

    // Mounted for a moment only: a machine with a mounted folder of ours could not be saved.
    private Task<string> Shared(string command) => Good(
        $"shared=$(mktemp -d) && mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288 shared \"$shared\" && {{ {command}; code=$?; umount \"$shared\"; rmdir \"$shared\"; exit $code; }}",
        TimeSpan.FromMinutes(3));

    private void Disconnect()
    {
        control?.Dispose();
        commands?.Dispose();
        (control, commands) = (null, null);
    }
}
