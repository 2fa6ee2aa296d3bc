namespace ClassContact.KitBench.Tests.Devices;

/// <summary>Which of the machine's USB sockets is whose.</summary>
internal static class Sockets
{
    public const int Camera = 0;
    public const int Speakerphone = 1;
}
