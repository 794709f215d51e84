using System.Text;
using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

public sealed class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task After_random_damage_a_resync_ends_with_the_true_state(int seed)
    {
        await using var server = new ScriptedAmiServer();
        await using var client = new AmiClient(server.Options with { ListTimeout = TimeSpan.FromMilliseconds(300), ResyncDelay = TimeSpan.FromMilliseconds(20) });
        var signals = new SignalReader(client);
        var random = new Random(seed);
        client.Start();
        await signals.Next<AmiSnapshot>();

        var known = new HashSet<string>();
        var sender = await server.EventSession();
        for (var i = 0; i < 400; i++) await sender.SendAsync(Damage(Encoding.UTF8.GetBytes(Change(server, random)), random));
        var truth = server.Channels.Keys.Order().ToArray();

        // Read on meanwhile: no snapshot is taken before the one before it was read.
        var reading = signals.Next<NewchannelEvent>(e => e.UniqueId == "last");
        while (!await client.RequestSnapshotAsync()) await Task.Yield();
        await sender.SendAsync("\r\n\r\n" + Script.Newchannel("last"));
        await reading;
        foreach (var signal in signals.Seen) Apply(signal, known);

        Assert.True(client.Counters.Damaged > 0);
        Assert.Equal(truth, known.Where(id => id != "last").Order());
    }

    static string Change(ScriptedAmiServer server, Random random)
    {
        var id = $"pbx1-{random.Next(40)}";
        if (server.Channels.TryRemove(id, out _)) return Script.Hangup(id);
        server.Channels[id] = Script.Channel(id);
        return Script.Newchannel(id);
    }

    static byte[] Damage(byte[] bytes, Random random)
    {
        if (random.Next(4) > 0) return bytes;
        var at = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(60, bytes.Length - at) + 1);
        switch (random.Next(4))
        {
            case 0:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 1:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            case 2:
                return [.. bytes[..at], .. "\r\n\n\0"u8, .. bytes[at..]];
            default:
                return [.. bytes[..at], .. bytes[..length], .. bytes[at..]];
        }
    }

    // As a consumer has to: a complete snapshot replaces, an event changes.
    static void Apply(AmiSignal signal, HashSet<string> known)
    {
        if (signal is AmiSnapshot { ChannelsComplete: true } snapshot)
        {
            known.Clear();
            known.UnionWith(snapshot.Channels.Select(c => c.UniqueId));
        }
        else if (signal is NewchannelEvent begun) known.Add(begun.UniqueId);
        else if (signal is HangupEvent ended) known.Remove(ended.UniqueId);
    }
}
