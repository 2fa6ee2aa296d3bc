using System.Formats.Tar;
using System.IO.Compression;

namespace ClassContact.Kit.Bundle;

/// <summary>A tar.gz in memory: a bundle is bounded, and a disk that is full then has nothing half.</summary>
internal static class Archive
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Packs the files below one folder, quickly rather than tightly: a class may be on.</summary>
    internal static byte[] Of(string folder, IEnumerable<BundleFile> files, DateTimeOffset at)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
            foreach (var file in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{file.Name}") { Mode = OwnerAlone, ModificationTime = at, DataStream = new MemoryStream(file.Bytes) });
        return packed.ToArray();
    }
}
