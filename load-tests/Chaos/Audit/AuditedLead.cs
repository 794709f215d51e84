namespace Carillon.Chaos.Audit;

/// <summary>A lead as the product has it at the end.</summary>
sealed record AuditedLead(long Id, string Campaign, string Number, string Status, int Attempts, DateTimeOffset? NextAt)
{
    sealed record Page(IReadOnlyList<AuditedLead> Items, string? Next);

    /// <param name="campaigns">Ids by name.</param>
    /// <returns>All leads, with their campaign's name.</returns>
    public static async Task<IReadOnlyList<AuditedLead>> ReadAll(NodeApi api, IReadOnlyDictionary<string, string> campaigns)
    {
        var all = new List<AuditedLead>();
        foreach (var (name, id) in campaigns)
        {
            string? next = null;
            do
            {
                var page = await api.Get<Page>($"campaigns/{id}/leads?limit=1000{(next is null ? "" : $"&cursor={next}")}");
                all.AddRange(page.Items.Select(l => l with { Campaign = name }));
                next = page.Next;
            }
            while (next is not null);
        }
        return all;
    }
}
