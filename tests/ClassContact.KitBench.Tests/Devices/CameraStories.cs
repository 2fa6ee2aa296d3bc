using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Devices;

/// <summary>The camera, as the kernel's own driver uvcvideo has it.</summary>
public sealed class CameraStories(KnownDevices known) : DeviceStories(known)
{
    private const string Take = "v4l2-ctl --device /dev/video0 --set-fmt-video pixelformat=MJPG --stream-mmap --stream-count";
    private readonly TestPicture picture = new(TestPicture.Magenta);

    [Fact]
    public async Task Every_picture_that_the_kernel_takes_is_as_it_was_sent()
    {
        await using var camera = await Machine.Plug(new UsbCamera(picture), Sockets.Camera);
        await Machine.Until("[ -e /dev/video0 ]");
        Assert.Contains("Webcam C270", await Machine.Good("cat /sys/class/video4linux/video0/name"), StringComparison.Ordinal);
        Assert.Contains("uvcvideo", await Machine.Good("v4l2-ctl --device /dev/video0 --info"), StringComparison.Ordinal);
        var numbers = await Pictures(30);
        Assert.Equal(30, numbers.Count);
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public async Task Pulled_out_while_it_films_it_is_gone_and_plugged_in_again_it_films()
    {
        var device = new UsbCamera(picture);
        var plug = await Machine.Plug(device, Sockets.Camera);
        await Machine.Until("[ -e /dev/video0 ]");
        var filming = Machine.Run($"{Take}=100000 --stream-to=/dev/null");
        await WaitFor.That("it to film", () => device.Sent > 5);
        await plug.DisposeAsync();
        Assert.NotEqual(124, (await filming).Code); // it was not ended by its deadline
        await Machine.Until("[ ! -e /dev/video0 ]");
        await using var again = await Machine.Plug(device, Sockets.Camera);
        await Machine.Until("[ -e /dev/video0 ]");
        Assert.Equal(5, (await Pictures(5)).Count);
    }

    [Fact]
    public async Task A_camera_that_hangs_is_there_and_gives_no_picture_until_it_does_not_hang_any_more()
    {
        var device = new UsbCamera(picture) { Hangs = true };
        await using var camera = await Machine.Plug(device, Sockets.Camera);
        await Machine.Until("[ -e /dev/video0 ]");
        Assert.Equal(124, (await Machine.Run($"{Take}=1 --stream-to=/srv/none", TimeSpan.FromSeconds(3))).Code);
        Assert.Equal("0", (await Machine.Good("stat --format %s /srv/none")).Trim());
        device.Hangs = false;
        Assert.Equal(5, (await Pictures(5)).Count);
    }

    // Their numbers. Each is compared with what was sent.
    private async Task<IReadOnlyList<int>> Pictures(int count)
    {
        using var folder = new TestFolder();
        await Machine.Good($"rm -f /srv/film && {Take}={count} --stream-to=/srv/film");
        await Machine.CopyOut("/srv/film", folder.File("film"));
        var film = await File.ReadAllBytesAsync(folder.File("film"));
        var numbers = new List<int>();
        for (var at = 0; at < film.Length;)
        {
            var number = TestPicture.NumberOf(film.AsSpan(at));
            var sent = picture.Jpeg(number);
            Assert.Equal(sent, film[at..Math.Min(at + sent.Length, film.Length)]);
            numbers.Add(number);
            at += sent.Length;
        }

        return numbers;
    }
}
