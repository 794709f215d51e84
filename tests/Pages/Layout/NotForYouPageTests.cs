using Carillon.Api.Pages.Layout;
using Carillon.Users;

namespace Carillon.Pages.Tests.Layout;

public sealed class NotForYouPageTests : PageTest<NotForYouPage>
{
    [Fact]
    public async Task Who_was_turned_away_reads_what_would_help_in_their_language()
    {
        Assert.Contains("needs another role", (await Open("/not-for-you", Role.Operator)).Text, StringComparison.Ordinal);
        Assert.Equal("Вам сюда нельзя", (await Open("/not-for-you", Role.Operator, language: "ru")).Heading);
    }
}
