using System.Runtime.InteropServices;
using SQLitePCL;

namespace ClassContact.Kit.Outbox;

/// <summary>Debian's own SQLite, so that it stays under Debian's security updates.</summary>
internal static class SqliteLibrary
{
    private const string Debians = "libsqlite3.so.0";
    private static readonly Lock Gate = new();
    private static bool isSet;

    /// <summary>Makes SQLite ready; to be called before anything of it.</summary>
    /// <exception cref="DllNotFoundException">There is no SQLite on this computer.</exception>
    internal static void Use()
    {
        lock (Gate)
        {
            if (isSet)
                return;
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, assembly, path) =>
                name == "e_sqlite3" && OperatingSystem.IsLinux() ? NativeLibrary.Load(Debians, assembly, path) : IntPtr.Zero);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            isSet = true;
        }
    }
}
