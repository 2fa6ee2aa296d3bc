using System.Text.RegularExpressions;

namespace ClassContact.Kit.Computer;

/// <summary>The file systems of a process, as <c>/proc/self/mountinfo</c> tells them (proc(5)).</summary>
internal static partial class MountTable
{
    /// <summary>Whether what lies at a full path may only be read; null when the table does not say.</summary>
    public static bool? IsReadOnly(string mountInfo, string path)
    {
        bool? readOnly = null;
        var longest = -1;
        foreach (var line in mountInfo.Split('\n'))
        {
            // 36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-", Math.Min(6, fields.Length));
            if (dash < 0 || fields.Length < dash + 4)
                continue;
            var point = Unescape(fields[4]);
            if (point.Length < longest || !Holds(point, path))
                continue;
            longest = point.Length; // of two on the same point the later one hides the earlier
            readOnly = IsReadOnly(fields[5]) || IsReadOnly(fields[dash + 3]);
        }
        return readOnly;
    }

    private static bool IsReadOnly(string options) => options.Split(',').Contains("ro");

    private static bool Holds(string point, string path) =>
        path.StartsWith(point, StringComparison.Ordinal) && (point.EndsWith('/') || path.Length == point.Length || path[point.Length] == '/');

    // A blank is written \040.
    private static string Unescape(string field) =>
        Octal().Replace(field, m => ((char)m.ValueSpan[1..].ToString().Aggregate(0, (number, digit) => (number * 8) + digit - '0')).ToString());

    [GeneratedRegex(@"\\[0-3][0-7]{2}")]
    private static partial Regex Octal();
}
