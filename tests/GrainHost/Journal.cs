using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Carillon.GrainHost.Tests;

/// <summary>What grains report to tests, by topic, in order; and the gates at which tests hold grains. Grains and tests share the process.</summary>
public sealed class Journal
{
    readonly ConcurrentDictionary<string, Channel<string>> _topics = [];
    readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = [];

    public void Report(string topic, string what) => Topic(topic).Writer.TryWrite(what);

    /// <summary>The next report of the topic; waits for it.</summary>
    public async Task<string> Next(string topic) => await Topic(topic).Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public bool IsEmpty(string topic) => !Topic(topic).Reader.TryPeek(out _);

    public void Open(string gate) => Gate(gate).TrySetResult();

    public Task Pass(string gate) => Gate(gate).Task;

    Channel<string> Topic(string name) => _topics.GetOrAdd(name, static _ => Channel.CreateUnbounded<string>());

    TaskCompletionSource Gate(string name) =>
        _gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
