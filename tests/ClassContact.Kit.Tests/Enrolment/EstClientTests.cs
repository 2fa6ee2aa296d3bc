using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Enrolment;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Enrolment;

/// <summary>What a service, or whatever stands in its place, may answer.</summary>
public class EstClientTests
{
    private static readonly KitId Kit1 = KitId.Parse("kit-1");

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "bad-answer")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "bad-answer")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nAAAAAAAA", "bad-answer")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "bad-answer")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nAAAA", "bad-answer")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/login\r\nContent-Length: 0\r\n\r\n", "bad-answer")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 31\r\n\r\n<html><title>Blocked: by school", "bad-answer")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 21\r\n\r\nnobody-knows-this: no", "bad-answer")]
    [InlineData("220 mail.example.org ESMTP\r\n", "bad-answer")]
    [InlineData("", "unreachable")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 19\r\n\r\nrevoked: ask for it", "revoked")]
    public async Task Whatever_answers_is_told_as_what_it_is(string answer, string cause)
    {
        await using var service = new StrangeService(answer);
        using (var est = new EstClient(service.Address, service.Authorities, null, TimeProvider.System)) // a connection each: this service ends them
            Assert.Equal(cause, (await Assert.ThrowsAsync<EnrolmentException>(() => est.CaCerts(default))).Cause);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using (var est = new EstClient(service.Address, service.Authorities, null, TimeProvider.System))
            Assert.Equal(cause, (await Assert.ThrowsAsync<EnrolmentException>(() => est.Enroll(Kit1, "AAAA-AAAA", key, default))).Cause);
    }

    [Fact]
    public async Task A_refusals_sentence_is_told_without_what_could_move_a_cursor()
    {
        await using var service = new StrangeService("HTTP/1.1 403 Forbidden\r\nContent-Length: 23\r\n\r\nexpired: a\u001b[2J b\r\n\r\n c ");
        using var est = new EstClient(service.Address, service.Authorities, null, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<EnrolmentException>(() => est.CaCerts(default));
        Assert.True(refused.IsRefusal);
        Assert.EndsWith(": a [2J b c", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kit-1")] // the right name, and another key
    [InlineData("kit-2")]
    public async Task A_certificate_that_is_not_for_this_kit_and_this_key_is_not_taken(string name)
    {
        using var other = StrangeService.Certificate(name, "1.3.6.1.5.5.7.3.2");
        var body = Convert.ToBase64String(new X509Certificate2Collection(other).Export(X509ContentType.Pkcs7)!);
        await using var service = new StrangeService($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using var est = new EstClient(service.Address, service.Authorities, null, TimeProvider.System);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var trouble = await Assert.ThrowsAsync<EnrolmentException>(() => est.Enroll(Kit1, "AAAA-AAAA", key, default));
        Assert.Equal("bad-answer", trouble.Cause);
        Assert.Contains("another kit or for another key", trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"room":"5e B"}""")]
    [InlineData("""{"room":"5e B","link":"ftp://secret-1"}""")]
    [InlineData("""{"room":"","link":"https://secret-1/"}""")]
    [InlineData("""{"room":"5e B","link":["https://secret-1/"]}""")]
    [InlineData("secret-1")]
    public async Task A_link_that_is_none_is_told_without_a_word_of_it(string body)
    {
        await using var service = new StrangeService($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using var est = new EstClient(service.Address, service.Authorities, null, TimeProvider.System);
        var trouble = await Assert.ThrowsAsync<EnrolmentException>(() => est.Link(default));
        Assert.Equal("bad-answer", trouble.Cause);
        Assert.DoesNotContain("secret", trouble.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_service_that_says_nothing_is_given_half_a_minute() => IsGiven(30, (est, ct) => est.CaCerts(ct));

    [Fact]
    public Task A_service_that_has_to_tell_the_brokers_authority_of_a_kit_out_of_use_is_given_more() => IsGiven(90, (est, ct) => est.Retire(ct));

    [Theory]
    [InlineData(64 * 1024)] // all of it is in the line's buffers, and no answer comes
    [InlineData(64 * 1024 * 1024)] // the service takes no more of it
    public async Task A_bundle_that_does_not_move_for_half_a_minute_is_given_up(int length)
    {
        var (time, steps) = (new FakeTime(), 0);
        await using var service = new StrangeService(null) { Welcome = "HTTP/1.1 100 Continue\r\n\r\n" };
        using var est = new EstClient(service.Address, service.Authorities, null, time);
        var sending = est.Send(new(new byte[length], () => Interlocked.Increment(ref steps) > 0 ? int.MaxValue : 0, time), default);
        while (Volatile.Read(ref steps) == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var began = time.Monotonic;
        while (!sending.IsCompleted && time.Monotonic - began < TimeSpan.FromMinutes(9))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        Assert.True(sending.IsCompleted, "it still waits");
        var trouble = await Assert.ThrowsAsync<EnrolmentException>(() => sending);
        Assert.Equal(("unreachable", true), (trouble.Cause, trouble.Message.EndsWith(": took nothing and said nothing for 30 s", StringComparison.Ordinal)));
        Assert.True(time.Monotonic - began >= TimeSpan.FromSeconds(29), $"after {time.Monotonic - began}");
    }

    [Fact]
    public async Task A_service_that_wants_no_bundle_is_sent_not_one_step_of_it()
    {
        var steps = 0;
        await using var service = new StrangeService("HTTP/1.1 403 Forbidden\r\nContent-Length: 19\r\n\r\nrevoked: ask for it");
        using var est = new EstClient(service.Address, service.Authorities, null, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<EnrolmentException>(() => est.Send(new(new byte[64 * 1024], () => Interlocked.Increment(ref steps) > 0 ? int.MaxValue : 0, TimeProvider.System), default));
        Assert.Equal(("revoked", 0), (refused.Cause, steps));
    }

    private static async Task IsGiven(int seconds, Func<EstClient, CancellationToken, Task> ask)
    {
        var time = new FakeTime();
        await using var service = new StrangeService(null);
        using var est = new EstClient(service.Address, service.Authorities, null, time);
        var asking = ask(est, default);
        await service.Asked.Task;
        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        var trouble = await Assert.ThrowsAsync<EnrolmentException>(() => asking);
        Assert.Equal("unreachable", trouble.Cause);
        Assert.Contains($"no answer within {seconds} s", trouble.Message, StringComparison.Ordinal);
    }
}
