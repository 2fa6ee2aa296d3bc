using System.Runtime.Versioning;
using ClassContact.Kit.Native;

namespace ClassContact.Kit.Enrolment;

/// <summary>Whether what we write into the kit's private folder can be read by the agent.</summary>
[SupportedOSPlatform("linux")]
public static class FolderOwner
{
    /// <summary>True when the folder belongs to the user of this process, or is not there yet.</summary>
    public static bool IsUs(string folder) => LibcOwner.Of(folder) is not { } owner || owner == LibcOwner.Us();
}
