using Orleans;
using Orleans.Concurrency;

namespace Carillon.Hosting;

/// <summary>Answers, wherever it is asked: so a silo is at work there.</summary>
interface ISiloAnswer : IGrainWithIntegerKey
{
    Task Answer();
}

[StatelessWorker(1)]
sealed class SiloAnswerGrain : Grain, ISiloAnswer
{
    public Task Answer() => Task.CompletedTask;
}
