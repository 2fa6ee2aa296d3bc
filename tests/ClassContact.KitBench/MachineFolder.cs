namespace ClassContact.KitBench;

/// <summary>The files of one machine.</summary>
/// <param name="Path">The folder; short, because paths of sockets must be.</param>
internal sealed record MachineFolder(string Path)
{
    /// <summary>What this machine has written over its image.</summary>
    public string Disk => In("disk.qcow2");

    /// <summary>What the kernel and systemd wrote to the serial line.</summary>
    public string Console => In("console.log");

    /// <summary>QMP.</summary>
    public string Control => In("control.sock");

    /// <summary>Whoever looks at the screen (VNC).</summary>
    public string Viewer => In("viewer.sock");

    /// <summary>Commands for the machine.</summary>
    public string Commands => In("commands.sock");

    /// <summary>The far end of the call button's line.</summary>
    public string CallButton => In("button.sock");

    /// <summary>How the keeper starts QEMU.</summary>
    public string Command => In("command");

    /// <summary>Its memory and devices, when it was saved.</summary>
    public string State => In("state");

    /// <summary>What QEMU itself said.</summary>
    public string Log => In("qemu.log");

    /// <summary>Files on their way into the machine and out of it.</summary>
    public string Shared => In("shared");

    public static MachineFolder Make()
    {
        var folder = new MachineFolder(Directory.CreateTempSubdirectory("classcontact-vm-").FullName);
        Directory.CreateDirectory(folder.Shared);
        return folder;
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
