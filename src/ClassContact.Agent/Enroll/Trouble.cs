namespace ClassContact.Agent.Enroll;

/// <summary>Expected trouble of these commands as a line on standard error and an exit code.</summary>
internal static class Trouble
{
    /// <summary>Tells it.</summary>
    public static int Tell(int code, string text)
    {
        Console.Error.WriteLine($"classcontact: {text}");
        return code;
    }
}
