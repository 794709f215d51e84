using Carillon.Ami;
using Carillon.Ami.Events;

namespace Carillon.Lab;

/// <summary>One AMI client and everything it said, so that a test can look at what came and await what is to come.</summary>
public sealed class Listener : IAsyncDisposable
{
    /// <summary>Far above what anything here takes: only a signal that never comes waits so long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly List<AmiSignal> _heard = [];
    readonly Task _listening;
    TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    Listener(AmiClientOptions options)
    {
        Client = new AmiClient(options with { Events = AmiEventNames.Set([.. AmiEventNames.Dialer, "Cdr"]) });
        Client.Start();
        _listening = Listen();
    }

    public AmiClient Client { get; }

    /// <summary>How much was heard so far: what to pass as <c>after</c>.</summary>
    public int Now { get { lock (_heard) return _heard.Count; } }

    /// <summary>Begins to connect, without waiting for it.</summary>
    public static Listener To(AmiClientOptions options) => new(options);

    /// <summary>Connected, with a complete snapshot.</summary>
    public static async Task<Listener> Connected(AmiClientOptions options)
    {
        var listener = To(options);
        await listener.Hears<AmiSnapshot>();
        return listener;
    }

    /// <summary>The first signal of this kind after a moment, whether it came already or comes yet.</summary>
    public async Task<T> Hears<T>(Func<T, bool>? matching = null, int after = 0) where T : AmiSignal
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_heard)
            {
                if (_heard.Skip(after).OfType<T>().FirstOrDefault(matching ?? (_ => true)) is { } signal) return signal;
                more = _more.Task;
            }
            try
            {
                await more.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No such {typeof(T).Name} came. Heard last: {string.Join("\n  ", Heard<AmiSignal>(after).Where(s => s is not AmiSnapshot).TakeLast(30))}");
            }
        }
    }

    /// <summary>Everything of this kind so far.</summary>
    public IReadOnlyList<T> Heard<T>(int after = 0) where T : AmiSignal
    {
        lock (_heard) return [.. _heard.Skip(after).OfType<T>()];
    }

    /// <summary>All that Asterisk had to say before this call has been heard when it returns.</summary>
    public async Task HearsAllUntilNow()
    {
        var mark = $"{Guid.NewGuid():N}";
        var sent = await Client.SendAsync(Actions.UserEvent("LabMark", new KeyValuePair<string, string>("Mark", mark)));
        Assert.True(sent.Success, sent.Message);
        await Hears<UserEvent>(e => e.Kind == "LabMark" && e.Headers["Mark"] == mark);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _listening;
    }

    async Task Listen()
    {
        await foreach (var batch in Client.ReadAllAsync())
        {
            TaskCompletionSource more;
            lock (_heard)
            {
                _heard.AddRange(batch);
                (more, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            more.SetResult();
        }
    }
}
