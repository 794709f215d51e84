using Carillon.Contacts;

namespace Carillon.Api.Pages.Contacts;

/// <summary>A cap as it is being written.</summary>
sealed class CapRow
{
    public int Calls { get; set; } = 1;
    public CapPeriod Per { get; set; }
    public CountedCalls Counts { get; set; }
    public bool Rolling { get; set; }

    public CallCap Config => new() { Calls = Calls, Per = Per, Counts = Counts, Rolling = Rolling };

    public static CapRow Of(CallCap cap) => new() { Calls = cap.Calls, Per = cap.Per, Counts = cap.Counts, Rolling = cap.Rolling };
}
