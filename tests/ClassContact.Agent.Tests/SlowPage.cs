using System.Net;
using System.Text;

namespace ClassContact.Agent.Tests;

/// <summary>
/// A stand-in for a meeting's web server that answers late, with a page that opens the camera by itself as soon as it is there, and tells when it has.
/// </summary>
internal sealed class SlowPage : IDisposable
{
    private const string Page = "<script>navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(() => fetch('/opened'))</script>";

    private readonly HttpListener listener = new();
    private readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int asked;
    private int opened;

    public SlowPage(string origin)
    {
        listener.Prefixes.Add(origin + "/");
        listener.Start();
        _ = Serve();
    }

    /// <summary>How many times the page was asked for.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>How many times a camera was opened.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>Answers all that wait, and all that come.</summary>
    public void Answer() => answer.TrySetResult();

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                _ = Serve(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(HttpListenerContext context)
    {
        if (context.Request.Url!.AbsolutePath == "/opened")
            Interlocked.Increment(ref opened);
        else if (context.Request.Url.AbsolutePath.EndsWith(".html", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref asked);
            await answer.Task;
        }
        try
        {
            context.Response.ContentType = "text/html";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Page));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
        {
            // Nobody waits for it any more.
        }
    }
}
