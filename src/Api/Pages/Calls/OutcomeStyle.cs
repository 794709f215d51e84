using Carillon.Calls;

namespace Carillon.Api.Pages.Calls;

static class OutcomeStyle
{
    public static string Of(Attempt call) => call.Outcome switch
    {
        _ when call.Abandoned => "bad",
        Outcome.HumanAnswered => "good",
        Outcome.Abandoned or Outcome.Failed or Outcome.Unknown => "bad",
        Outcome.Congestion or Outcome.InvalidNumber => "warn",
        _ => "",
    };
}
