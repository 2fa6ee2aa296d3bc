using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Usb;

/// <summary>What emulated cameras see; one lies among the artifacts, for people.</summary>
public sealed class TestPictureTests
{
    [Fact]
    public void A_picture_tells_its_number_and_is_always_the_same()
    {
        var picture = new TestPicture(TestPicture.Magenta);
        var jpeg = picture.Jpeg(12345);
        File.WriteAllBytes(Path.Combine(Artifacts.Folder("test-picture"), "12345.jpg"), jpeg);
        Assert.Equal(12345, TestPicture.NumberOf(jpeg));
        Assert.Equal(jpeg, picture.Jpeg(12345));
        Assert.NotEqual(jpeg, picture.Jpeg(12346));
        Assert.InRange(jpeg.Length, 30_000, 60_000);
    }
}
