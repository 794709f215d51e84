using System.Diagnostics;

namespace Carillon.TestKit;

/// <summary>For what no signal tells of: it is looked at again and again.</summary>
public static class Wait
{
    /// <summary>For machines that are much slower than ours: nothing waits so long unless it is broken. Less than the runner lets a test hang, which would not say what was waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="otherwise">Says how things stand, when it never came. Null: what was read last does.</param>
    /// <returns>What was read when the condition held.</returns>
    public static async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> condition, Func<Task<string>>? otherwise = null)
    {
        var begun = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (true)
        {
            var now = await read();
            if (condition(now)) return now;
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new TimeoutException("What was waited for did not come: " + (otherwise is null ? $"{now}" : await otherwise()));
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task Until(Func<Task<bool>> holds, Func<Task<string>>? otherwise = null) => Until(holds, static yes => yes, otherwise);
}
