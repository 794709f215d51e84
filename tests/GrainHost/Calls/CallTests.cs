namespace Carillon.GrainHost.Tests.Calls;

[Collection(GrainHostCollection.Name)]
public sealed class CallTests(GrainHostFixture host)
{
    readonly ICallGrain _grain = host.Grain<ICallGrain>();

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_message_and_stack()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _grain.Throw("no line"));
        Assert.Equal("no line", failure.Message);
        Assert.Contains(nameof(CallGrain), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_of_our_own_keeps_its_type() =>
        Assert.Equal("busy", (await Assert.ThrowsAsync<DialRefusedException>(() => _grain.ThrowDomain("busy"))).Message);

    [Fact]
    public async Task An_exception_passes_through_a_grain_in_between() =>
        Assert.Equal("afar", (await Assert.ThrowsAsync<InvalidOperationException>(() => _grain.ThrowFromAfar(GrainHostFixture.NewKey(), "afar"))).Message);

    [Fact]
    public async Task An_aggregate_keeps_all_that_it_holds()
    {
        var failure = await Assert.ThrowsAsync<AggregateException>(_grain.ThrowMany);
        Assert.Equal([typeof(InvalidOperationException), typeof(ArgumentException)], failure.InnerExceptions.Select(e => e.GetType()));
    }

    [Fact]
    public async Task A_failure_leaves_the_activation_usable()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _grain.Throw("once"));
        await _grain.Ping();
    }

    [Fact]
    public async Task Value_tasks_are_answered()
    {
        Assert.Equal(42, await _grain.Double(21));
        await _grain.Nothing();
    }

    [Fact]
    public async Task A_grain_can_have_many_calls_open_at_once() =>
        Assert.Equal(999_000, await _grain.CallInBatches(GrainHostFixture.NewKey(), 1000));

    [Fact]
    public async Task References_travel_as_arguments_and_results()
    {
        var other = GrainHostFixture.NewKey();
        Assert.Equal(other, await _grain.NameOf(host.Grain<ICallGrain>(other)));
        var neighbour = await _grain.Neighbour(other);
        Assert.Equal(other, await neighbour.Name());
        Assert.Equal(host.Grain<ICallGrain>(other), neighbour);
    }

    [Fact]
    public async Task A_reference_in_a_record_can_be_called()
    {
        var parcel = await _grain.SendMyself(host.Grain<ICallGrain>());
        Assert.Equal(_grain, parcel.Sender);
        Assert.Equal(await _grain.Name(), await parcel.Sender!.Name());
    }

    [Fact]
    public async Task Records_arrive_as_they_were_sent()
    {
        var sent = new Parcel("outer", [1, 2, 3], new Dictionary<string, string> { ["a"] = "b" }, null,
            new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(3)), TimeSpan.FromTicks(12345), new("inner", [], new Dictionary<string, string>(), null, default, default, null));
        var came = await _grain.Echo(sent);
        Assert.Equivalent(sent, came, strict: true);
        Assert.Equal(sent.At.Offset, came.At.Offset);
    }

    [Fact]
    public async Task The_request_context_flows_to_callees_and_not_back()
    {
        RequestContext.Set("campaign", "spring");
        Assert.Equal("spring", await _grain.Context("campaign"));
        Assert.Equal("spring", await _grain.ContextOf(GrainHostFixture.NewKey(), "campaign"));
        await _grain.SetContext("campaign", "autumn");
        Assert.Equal("spring", RequestContext.Get("campaign"));
        RequestContext.Clear();
        Assert.Null(await _grain.Context("campaign"));
    }

    [Fact]
    public async Task What_one_request_set_the_next_does_not_see()
    {
        await _grain.SetContext("left", "behind");
        Assert.Null(await _grain.Context("left"));
    }

    [Fact]
    public async Task A_one_way_call_does_not_wait_for_its_callee()
    {
        var (topic, gate) = (GrainHostFixture.NewKey(), GrainHostFixture.NewKey());
        await _grain.Tell(topic, gate);
        Assert.True(host.Journal.IsEmpty(topic));
        host.Journal.Open(gate);
        Assert.Equal("told", await host.Journal.Next(topic));
    }

    [Fact]
    public async Task A_one_way_failure_is_not_seen_by_the_caller()
    {
        await _grain.TellAndFail();
        await _grain.Ping();
    }

    [Fact]
    public async Task Cancelling_reaches_the_callee_on_its_turns()
    {
        var topic = GrainHostFixture.NewKey();
        using var stop = new CancellationTokenSource();
        var call = _grain.WaitForCancel(topic, stop.Token);
        Assert.Equal("waiting", await host.Journal.Next(topic));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("cancelled on turns: True", await host.Journal.Next(topic));
        await _grain.Ping();
    }

    [Fact]
    public async Task Cancelling_passes_through_a_grain_in_between()
    {
        var topic = GrainHostFixture.NewKey();
        using var stop = new CancellationTokenSource();
        var call = _grain.PassCancel(GrainHostFixture.NewKey(), topic, stop.Token);
        Assert.Equal("waiting", await host.Journal.Next(topic));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.StartsWith("cancelled", await host.Journal.Next(topic), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_is_not_made()
    {
        var topic = GrainHostFixture.NewKey();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _grain.WaitForCancel(topic, new CancellationToken(true)));
        await _grain.Ping();
        Assert.True(host.Journal.IsEmpty(topic));
    }
}
