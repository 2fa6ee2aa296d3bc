using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;

namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>The stand-in's web server, from its start to its sudden end.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<WebSocket, bool> sockets = [];
    private readonly StandInRoom room;
    private readonly Task serving;
    private volatile Answers answers;
    private volatile bool forbidsDevices;
    private volatile bool refusesSignalling;

    public StandInServer(int port, StandInRoom room, Answers answers, bool forbidsDevices, bool refusesSignalling)
    {
        (this.room, this.answers, this.forbidsDevices, this.refusesSignalling) = (room, answers, forbidsDevices, refusesSignalling);
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Prefixes.Add($"http://localhost:{port}/"); // another host for the browser
        listener.Start();
        serving = Serve();
    }

    public Answers Answers { set => answers = value; }

    public bool ForbidsDevices { set => forbidsDevices = value; }

    public bool RefusesSignalling { set => refusesSignalling = value; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        foreach (var (socket, _) in sockets)
            socket.Abort();
        listener.Close();
        await serving;
        stop.Dispose();
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => Answer(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.Url!.AbsolutePath;
            if (path == "/signalling")
                await Signalling(context);
            else if (path.StartsWith("/meet/", StringComparison.Ordinal))
                await Room(context);
            else
                await Send(context.Response, path == "/room.js" ? 200 : 404, "text/javascript", path == "/room.js" ? StandInPage.Script : "");
        }
        catch (Exception e) when (e is HttpListenerException or WebSocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The browser went away, or we did.
        }
    }

    private async Task Signalling(HttpListenerContext context)
    {
        if (refusesSignalling)
        {
            await Send(context.Response, 503, "text/plain", "");
            return;
        }
        using var socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
        sockets[socket] = true;
        try
        {
            await room.Serve(socket, stop.Token);
        }
        finally
        {
            sockets.TryRemove(socket, out _);
        }
    }

    private async Task Room(HttpListenerContext context)
    {
        while (answers is Answers.Never)
            await Task.Delay(Pace, stop.Token);
        var response = context.Response;
        if (forbidsDevices)
            response.Headers["Permissions-Policy"] = "camera=(), microphone=()";
        if (answers is Answers.FromAnotherHost)
        {
            var elsewhere = new UriBuilder(context.Request.Url!) { Host = "localhost", Path = "/elsewhere", Query = "" };
            response.Redirect(elsewhere.Uri.AbsoluteUri);
            response.Close();
            return;
        }
        await (answers switch
        {
            Answers.WithAnError => Send(response, 500, "text/html", "<h1>500</h1>"),
            Answers.WithALogin => Send(response, 200, "text/html", StandInPage.Login),
            _ => Send(response, 200, "text/html", StandInPage.Room),
        });
    }

    private static async Task Send(HttpListenerResponse response, int status, string type, string text)
    {
        response.StatusCode = status;
        response.ContentType = $"{type}; charset=utf-8";
        response.Headers["Cache-Control"] = "no-store";
        await response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        response.Close();
    }
}
