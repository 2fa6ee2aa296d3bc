using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Kit.Native;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Requests;

/// <summary>The book on the disk. Each change is there, whatever becomes of the power, before it is acted on.</summary>
/// <param name="data">The kit's folder for what outlasts a reboot.</param>
/// <param name="log">Gets what cannot be read or written, and where.</param>
internal sealed class BookFile(string data, ILogger log)
{
    /// <summary>A full book has less than 64 kB; what is larger is none.</summary>
    private const int Longest = 256 * 1024;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path = Path.Combine(data, "requests.json");
    private bool isTold;

    /// <summary>What an earlier agent wrote; empty where there is none; null for one that cannot be read, which is set aside.</summary>
    internal RequestBook? Read()
    {
        try
        {
            if (new FileInfo(path).Length <= Longest && JsonSerializer.Deserialize(File.ReadAllBytes(path), BookJson.Default.RequestBook) is { } book && IsWhole(book))
                return book;
            throw new JsonException("it is no list of requests");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return RequestBook.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogError("{File}: which requests were done cannot be read; it is set aside as .damaged: {Reason}", path, e.GetType().Name);
            SetAside();
            return null;
        }
    }

    /// <summary>Writes it; false when the disk does not take it, which is told once.</summary>
    internal bool Keep(RequestBook book)
    {
        try
        {
            Directory.CreateDirectory(data);
            WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(book, BookJson.Default.RequestBook), Private);
            if (OperatingSystem.IsLinux())
                FolderOnDisk.Flush(data); // else a power cut may bring the old book back
            isTold = false;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!isTold)
                log.LogError("{File}: requests cannot be written down, so only harmless ones are done: {Reason}", path, e.Message);
            isTold = true;
            return false;
        }
    }

    // JSON says nothing about what an array that was left out becomes, or of a hole in it.
    private static bool IsWhole(RequestBook book) =>
        !book.Entries.IsDefault && book.Entries.Length <= RequestBook.Most && book.Entries.All(entry => entry is not null && Topic.IsLeaf(entry.Id));

    private void SetAside()
    {
        try
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{File}: cannot be set aside: {Reason}", path, e.Message);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(WordConverter<Outcome>)])]
[JsonSerializable(typeof(RequestBook))]
internal sealed partial class BookJson : JsonSerializerContext;
