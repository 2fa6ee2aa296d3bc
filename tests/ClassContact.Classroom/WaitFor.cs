using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ClassContact.Classroom;

/// <summary>Waits for a condition with a deadline that only a fault exceeds: a test never sleeps for luck.</summary>
public static class WaitFor
{
    /// <summary>Thirty seconds: ten times the slowest step seen on two busy cores.</summary>
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Asks <paramref name="look"/> until its answer satisfies <paramref name="holds"/>, and returns that answer;
    /// <paramref name="what"/> is as in "the page to load".
    /// </summary>
    /// <exception cref="TimeoutException">The deadline (30 s unless given) passed; the message tells the last value seen.</exception>
    [OverloadResolutionPriority(1)] // an async look is awaited, never taken for a value
    public static async Task<T> That<T>(string what, Func<Task<T>> look, Func<T, bool> holds, TimeSpan? deadline = null)
    {
        var limit = deadline ?? Generous;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen)) return seen;
            if (watch.Elapsed > limit) throw new TimeoutException($"waited {limit.TotalSeconds:0.#} s for {what}; last seen: {seen}");
            await Task.Delay(Pause);
        }
    }

    /// <inheritdoc cref="That{T}(string, Func{Task{T}}, Func{T, bool}, TimeSpan?)"/>
    public static Task<T> That<T>(string what, Func<T> look, Func<T, bool> holds, TimeSpan? deadline = null) =>
        That(what, () => Task.FromResult(look()), holds, deadline);

    /// <summary>Waits until a value has not changed for a second, and returns it.</summary>
    /// <exception cref="TimeoutException">It still changed after 30 s.</exception>
    public static async Task<T> Still<T>(string what, Func<Task<T>> look)
    {
        var since = Stopwatch.StartNew();
        var last = await look();
        return await That($"{what} to stand still", look, now =>
        {
            if (!Equals(now, last))
                since.Restart();
            last = now;
            return since.Elapsed > TimeSpan.FromSeconds(1);
        });
    }

    /// <summary>Waits until <paramref name="holds"/> says true.</summary>
    /// <exception cref="TimeoutException">The deadline (30 s unless given) passed.</exception>
    public static Task That(string what, Func<bool> holds, TimeSpan? deadline = null) => That(what, holds, held => held, deadline);
}
