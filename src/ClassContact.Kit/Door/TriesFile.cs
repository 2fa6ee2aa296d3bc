using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Kit.Native;
using ClassContact.Kit.Tools;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Door;

/// <summary>The wrong codes on the disk. What cannot be read counts as many, and what cannot be written is not tried: a full disk opens nothing.</summary>
/// <param name="data">The kit's private folder.</param>
/// <param name="log">Gets what went wrong.</param>
internal sealed class TriesFile(string data, ILogger log)
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path = Path.Combine(data, "door.json");

    /// <summary>What is kept; none where there is no file.</summary>
    public DoorTries Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), TriesJson.Default.DoorTries) is { Wrong: >= 0 } tries ? tries : DoorTries.Worst;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogError("{File}: the wrong codes at the door cannot be read, so the longest wait is kept: {Reason}", path, e.Message);
            return DoorTries.Worst;
        }
    }

    /// <summary>Keeps them; false where the disk does not take them.</summary>
    public bool Keep(DoorTries tries)
    {
        try
        {
            WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(tries, TriesJson.Default.DoorTries), OwnerAlone);
            if (OperatingSystem.IsLinux())
                FolderOnDisk.Flush(data); // else a plug pulled at once brings the old count back
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{File}: a try at the door cannot be written down, so it is not judged: {Reason}", path, e.Message);
            return false;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DoorTries))]
internal sealed partial class TriesJson : JsonSerializerContext;
