using Carillon.Agents;
using Carillon.Queues;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Grains.Tests;

/// <summary>The board keeps its agents by change; however the changes came, they are as if all had been told at once.</summary>
public class QueueBoardModelTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan WrapUp = TimeSpan.FromSeconds(10);

    public enum Kind { Change, Leave, Complete, Lose }

    public sealed record Step(Kind Kind, int Server, int[] Members, int Device, bool Paused, int EndedBefore, int Seconds);

    static readonly Arbitrary<Step[]> Steps = (
        from kind in Gen.Frequency((6, Gen.Constant(Kind.Change)), (2, Gen.Constant(Kind.Leave)), (1, Gen.Constant(Kind.Complete)), (1, Gen.Constant(Kind.Lose)))
        from server in Gen.Choose(1, 3)
        from members in Gen.Choose(1, 6).ArrayOf()
        from device in Gen.Elements(1, 1, 1, 2, 5, 6)
        from paused in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from ended in Gen.Choose(0, 20)
        from seconds in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 12)))
        select new Step(kind, server, [.. members.Distinct()], device, paused, ended, seconds)).ArrayOf(40).ToArbitrary();

    // Two interfaces of one person, so that one agent has several seats on a server too.
    static AgentId AgentOf(string @interface) => new(@interface is "PJSIP/1" or "PJSIP/2" ? "anna" : @interface);

    static QueueChanges Changes(Step step, DateTimeOffset now, long sequence) => new()
    {
        Server = new($"pbx{step.Server}"),
        Complete = step.Kind == Kind.Complete,
        Members = step.Kind == Kind.Leave ? [] : [.. step.Members.Select(m => new QueueMember
        {
            Interface = $"PJSIP/{m}", Name = $"{m}", DeviceState = step.Device, Paused = step.Paused, LastCallEndedAt = now.AddSeconds(-step.EndedBefore),
        })],
        Removed = step.Kind == Kind.Leave ? [.. step.Members.Select(m => $"PJSIP/{m}")] : [],
        At = now,
        Sequence = sequence,
    };

    static QueueBoard Board()
    {
        var board = new QueueBoard();
        board.Configure(WrapUp, AgentOf, Start);
        return board;
    }

    /// <summary>Servers that the board knows, and their members.</summary>
    static QueueBoard AtOnce(Dictionary<ServerId, Dictionary<string, QueueMember>> servers, DateTimeOffset now)
    {
        var board = Board();
        foreach (var (server, members) in servers) board.Apply(new() { Server = server, Complete = true, Members = [.. members.Values], At = now, Sequence = 1 }, now);
        board.Pass(now);
        return board;
    }

    static void Follow(Dictionary<ServerId, Dictionary<string, QueueMember>> servers, Step step, QueueChanges changes)
    {
        if (step.Kind == Kind.Lose) servers.Remove(changes.Server);
        else if (changes.Complete) servers[changes.Server] = changes.Members.ToDictionary(m => m.Interface);
        else if (servers.TryGetValue(changes.Server, out var members))
        {
            foreach (var member in changes.Members) members[member.Interface] = member;
            foreach (var gone in changes.Removed) members.Remove(gone);
        }
    }

    // What a phone did that is not there any more is nobody's business.
    static string Text(IEnumerable<AgentLine> agents) => string.Join("; ", agents.OrderBy(a => a.Agent.Value, StringComparer.Ordinal).Select(a =>
        a.Status == AgentStatus.LoggedOut ? $"{a.Agent} {a.Status}"
        : $"{a.Agent} {a.Status} {a.State} {a.WrapUpEnds:O} {string.Join(',', a.Seats.Select(s => $"{s.Server}:{s.Interface}").Order(StringComparer.Ordinal))}"));

    static string Text(QueueBoard board) =>
        $"{Text(board.Agents.All)} | {Text(board.Agents.Free)} | {Text(board.Agents.Ringing)} | {board.Agents.LoggedIn}";

    [Fact]
    public void However_the_changes_came_the_agents_are_as_if_told_at_once() => Prop.ForAll(Steps, steps =>
    {
        var (board, servers, now, sequence) = (Board(), new Dictionary<ServerId, Dictionary<string, QueueMember>>(), Start, 0L);
        foreach (var step in steps)
        {
            now = now.AddSeconds(step.Seconds);
            var changes = Changes(step, now, ++sequence);
            if (step.Kind == Kind.Lose) board.Lose(changes.Server, now);
            else board.Apply(changes, now);
            Follow(servers, step, changes);
            board.Pass(now);
            Assert.Equal(Text(AtOnce(servers, now)), Text(board));
        }
    }).QuickCheckThrowOnFailure();
}
