namespace ClassContact.Kit.Requests;

/// <summary>Which start of the computer this is.</summary>
internal static class KernelBoot
{
    /// <summary>Random per start of the kernel (proc(5)); empty where nobody can tell.</summary>
    internal static string Read()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
