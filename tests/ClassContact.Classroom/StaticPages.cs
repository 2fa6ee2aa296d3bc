using System.Net;

namespace ClassContact.Classroom;

/// <summary>Serves a folder's files over HTTP on 127.0.0.1, some of them replaced by text of our own.</summary>
internal sealed class StaticPages : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly string root;
    private readonly IReadOnlyDictionary<string, string> replaced;
    private readonly Task serving;

    /// <summary>Begins to serve; <paramref name="replaced"/> is text by path within the folder, such as <c>settings.js</c>.</summary>
    public StaticPages(int port, string root, IReadOnlyDictionary<string, string> replaced)
    {
        (this.root, this.replaced) = (root, replaced);
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        serving = Serve();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => Answer(context.Request, context.Response));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
        }
    }

    private async Task Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        try
        {
            using (response)
            {
                var body = await Read(request.Url!.AbsolutePath.TrimStart('/'));
                response.StatusCode = body is null ? 404 : 200;
                response.ContentType = ContentType(request.Url.AbsolutePath);
                // As web servers do: pages are asked for again, what they are made of may be kept for an hour.
                response.Headers["Cache-Control"] = Path.GetExtension(request.Url.AbsolutePath) is ".js" or ".css" or ".png" or ".svg" or ".woff2" ? "max-age=3600" : "no-store";
                if (body is not null) await response.OutputStream.WriteAsync(body);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The browser went away, or we did.
        }
    }

    private async Task<byte[]?> Read(string path)
    {
        if (replaced.TryGetValue(path, out var text)) return System.Text.Encoding.UTF8.GetBytes(text);
        var file = Path.GetFullPath(Path.Combine(root, path));
        return file.StartsWith(root + '/', StringComparison.Ordinal) && File.Exists(file) ? await File.ReadAllBytesAsync(file) : null;
    }

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".png" => "image/png",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
