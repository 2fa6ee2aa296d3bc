namespace ClassContact.Classroom;

/// <summary>
/// A meeting in which class and pupil meet, on 127.0.0.1. It keeps its ports when it is killed and started again.
/// </summary>
public interface IMeeting : IAsyncDisposable
{
    /// <summary>The origin that a managed policy must name, such as <c>http://127.0.0.1:4711</c>.</summary>
    string Origin { get; }

    /// <summary>The file that says how the class joins.</summary>
    string Description { get; }

    /// <summary>How the pupil joins, and what the pupil can do there.</summary>
    PupilsWay Pupils { get; }

    /// <summary>The class's link. Like a real one it carries something that nobody else should read: at least <paramref name="secret"/>.</summary>
    string Url(string? secret = null);

    /// <summary>Starts it again, on the same ports, with nobody in the room.</summary>
    Task Start();

    /// <summary>Ends all of it in the middle of everything, as a power cut would.</summary>
    Task Kill();
}

/// <summary>The pupil's way into a meeting, and what the pupil does there, as scripts for the meeting's page.</summary>
/// <param name="Description">The file that says how the pupil joins.</param>
/// <param name="Url">The pupil's link.</param>
/// <param name="Mute">Switches the pupil's microphone off.</param>
/// <param name="CameraOff">Switches the pupil's camera off.</param>
/// <param name="Leave">Leaves, with a goodbye.</param>
public sealed record PupilsWay(string Description, string Url, string Mute, string CameraOff, string Leave);
