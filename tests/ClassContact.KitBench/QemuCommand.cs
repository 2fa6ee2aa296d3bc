using ClassContact.KitBench.Image;

namespace ClassContact.KitBench;

/// <summary>QEMU's command line for one machine: two processors without help from the host's, a network that ends in QEMU.</summary>
internal static class QemuCommand
{
    /// <summary>Measured 2026-11-21: with these options a Debian 12 takes commands after 8 to 10 s.</summary>
    private const string KernelOptions = "console=ttyS0 net.ifnames=0 random.trust_cpu=on mitigations=off tsc=reliable audit=0 quiet";

    /// <summary>
    /// A processor without AVX, which QEMU 7.2 was the first to emulate. With "max" Chromium's process that draws ended by SIGSEGV again and again while a camera's picture
    /// was on the screen (26 times in ten openings), with this one not in seven (2026-11-22); that AVX is why is concluded from that, no instruction was found.
    /// </summary>
    private const string Processor = "Nehalem";

    /// <summary>This computer's 127.0.0.1, as the machine sees it on its second network. That one is the bench's own: the machine's cable is the first.</summary>
    public const string Host = "10.0.3.2";

    public static string[] For(MachineImage image, Hardware hardware, MachineFolder folder) =>
    [
        "qemu-system-x86_64", "-machine", "q35,i8042=off", "-accel", "tcg,thread=multi", "-cpu", Processor, "-smp", "2", "-m", $"{hardware.Megabytes}",
        "-nodefaults", "-no-user-config", "-display", "none",
        "-kernel", image.Kernel, "-initrd", image.Initrd, "-append", KernelOptions,
        "-serial", $"file:{folder.Console}", "-qmp", $"unix:{folder.Control},server=on,wait=off",
        // What the machine has written is in the file, what it still holds in its memory is lost with the power. That a disk loses what it was not told to flush is not played.
        "-drive", $"file={folder.Disk},format=qcow2,if=none,id=disk,cache=writeback", "-device", "virtio-blk-pci,drive=disk",
        "-device", "virtio-serial-pci", "-chardev", $"socket,id=commands,path={folder.Commands},server=on,wait=off",
        "-device", "virtserialport,chardev=commands,name=bench.commands",
        "-fsdev", $"local,id=shared,path={folder.Shared},security_model=none", "-device", "virtio-9p-pci,fsdev=shared,mount_tag=shared",
        "-device", "virtio-rng-pci", "-netdev", hardware.ReachesHost ? "user,id=network" : "user,id=network,restrict=on", "-device", "virtio-net-pci,netdev=network,id=nic",
        "-device", "qemu-xhci,id=usb", // and no other keyboard than what is plugged in there
        "-netdev", "user,id=bench,net=10.0.3.0/24", "-device", "virtio-net-pci,netdev=bench",
        .. hardware.HasScreen ? ["-device", "virtio-gpu-pci,xres=1280,yres=720", "-vnc", $"unix:{folder.Viewer}"] : Array.Empty<string>(),
    ];
}
