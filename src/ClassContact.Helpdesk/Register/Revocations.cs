using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Register;

/// <summary>The broker's side of revoking: its list, and the program that puts a kit on it.</summary>
/// <param name="list">PEM file of the list; null for none.</param>
/// <param name="program">A program and its arguments; the kit's name follows. Null for none.</param>
internal sealed class Revocations(string? list, IReadOnlyList<string>? program)
{
    /// <summary>The broker's authority signs a list and restarts the broker; openssl and systemd need some seconds.</summary>
    public static readonly TimeSpan ProgramMayTake = TimeSpan.FromMinutes(1);

    /// <summary>Whether the list names the certificate. A list that is not there, or is damaged, is an error: nobody is let in by accident.</summary>
    /// <exception cref="InvalidDataException">The list cannot be read; names the file.</exception>
    public bool Have(X509Certificate2 certificate) =>
        list is not null && Read(list).RemoveEntry(certificate.SerialNumberBytes.Span); // true when it was there

    /// <summary>Reads the list once.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; names the file.</exception>
    public void Check()
    {
        if (list is not null)
            Read(list);
    }

    /// <summary>Runs the program. Returns what went wrong; null when nothing did.</summary>
    public async Task<string?> TellBroker(KitId kit, CancellationToken ct)
    {
        if (program is null)
            return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ProgramMayTake);
        try
        {
            using var running = Process.Start(new ProcessStartInfo(program[0], [.. program.Skip(1), kit.ToString()]) { RedirectStandardInput = true })!;
            running.StandardInput.Close();
            await running.WaitForExitAsync(limit.Token);
            return running.ExitCode == 0 ? null : $"{program[0]} ended with {running.ExitCode}";
        }
        catch (Exception e) when (e is Win32Exception or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return $"{program[0]}: {e.Message}";
        }
    }

    private static CertificateRevocationListBuilder Read(string list)
    {
        try
        {
            return CertificateRevocationListBuilder.LoadPem(File.ReadAllText(list), out _);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{list}: the broker's list of revoked certificates cannot be read ({e.Message})", e);
        }
    }
}
