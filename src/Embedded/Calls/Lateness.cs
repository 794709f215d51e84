namespace Carillon.Embedded;

/// <summary>Says why a call was not answered in time, and when it waits for itself.</summary>
static class Lateness
{
    // Longer chains are cut: what matters is at their ends.
    const int Longest = 16;

    public static string Explain(Request request, string why)
    {
        var chain = Chain(request);
        var text = $"Response did not arrive on time for message: {request}. {why}";
        if (chain.Count < 2) return text;
        text += $" Call chain: {string.Join(" -> ", chain)}.";
        var again = chain.GroupBy(static r => r.Target).FirstOrDefault(static g => g.Count() > 1);
        return again is null ? text : $"{text} The chain returns to {again.Key}, which is busy with an earlier call of it: a deadlock.";
    }

    static List<Request> Chain(Request request)
    {
        var chain = new List<Request>();
        for (var r = request; r is not null && chain.Count < Longest; r = r.Parent) chain.Insert(0, r);
        for (var r = request.Child; r is { IsOver: false } && chain.Count < Longest; r = r.Child) chain.Add(r);
        return chain;
    }
}
