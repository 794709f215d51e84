namespace Carillon.Campaigns;

/// <param name="Channels">That the campaign's trunks have there.</param>
/// <param name="Calls">The campaign's, that are there now.</param>
readonly record struct ServerRoom(ServerId Server, int Channels, int Calls)
{
    public double LoadWithOneMore => (Calls + 1) / (double)Math.Max(1, Channels);
}

/// <summary>Where calls go that any server may place: each to the one that is the emptiest with it. What other campaigns have there its refusals tell.</summary>
static class ServerChoice
{
    /// <param name="turn">Which of servers that are equally empty comes first changes with it.</param>
    /// <returns>As many as <paramref name="calls"/>, or none if there is no server.</returns>
    public static IReadOnlyList<ServerId> Choose(IReadOnlyList<ServerRoom> servers, int calls, int turn)
    {
        if (servers.Count == 0) return [];
        var queue = new PriorityQueue<ServerRoom, (double Load, int Place)>();
        for (var i = 0; i < servers.Count; i++) Put(servers[i], i);
        var chosen = new List<ServerId>(calls);
        while (chosen.Count < calls)
        {
            queue.TryDequeue(out var server, out var rank);
            chosen.Add(server.Server);
            Put(server with { Calls = server.Calls + 1 }, rank.Place);
        }
        return chosen;

        void Put(ServerRoom server, int place) => queue.Enqueue(server, (server.LoadWithOneMore, (int)(((uint)place + (uint)turn) % servers.Count)));
    }
}
