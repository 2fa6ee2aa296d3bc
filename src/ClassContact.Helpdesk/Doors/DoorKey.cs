using ClassContact.Helpdesk.Words;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Doors;

/// <summary>The master key of the kits' doors: as it lies on the disk, 32 random bytes and nothing else.</summary>
internal static class DoorKey
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or is no such key; names the file.</exception>
    public static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file) is { Length: DoorCode.SecretLength } key ? key
                : throw new InvalidDataException(HelpdeskWords.Say("door.key-wrong", ("file", file), ("reason", $"it has not {DoorCode.SecretLength} bytes")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(HelpdeskWords.Say("door.key-wrong", ("file", file), ("reason", e.Message)), e);
        }
    }
}
