using Carillon.Api.Pages.Queues;
using Carillon.Api.Tests;
using Carillon.Queues;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Queues;

public sealed class QueuesPageTests : PageTest<QueuesPage>
{
    [Fact]
    public async Task A_queue_says_who_is_free_and_what_is_wrong_in_the_viewers_language()
    {
        var floor = await Floor.Make(Admin);
        Node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue, "PJSIP/9001", "PJSIP/9002") with
        {
            ServersSeen = [new(floor.Server)],
            AgentsFree = 1,
            CallersWaiting = 4,
            Problem = $"there is no queue '{floor.NameOfQueue}' on {floor.NameOfServer}: create it in queues.conf (FreePBX: Applications, Queues), or correct the queue's name",
        });

        var (english, russian) = (await Open("/queues"), await Open("/queues", language: "ru"));

        await english.Sees($"{floor.NameOfQueue} {floor.NameOfServer} 1 2 4 there is no queue '{floor.NameOfQueue}' on {floor.NameOfServer}: create it");
        await russian.When(() => Assert.Matches("[а-я]", russian.Find("tbody .trouble").Said()));
    }

    [Fact]
    public async Task A_supervisor_sees_those_of_their_groups()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open("/queues", Role.Supervisor, [mine.Group!]);
        await screen.Sees(mine.NameOfQueue);
        Assert.DoesNotContain(theirs.NameOfQueue, screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_it_says_what_a_queue_is_for() =>
        await (await Open("/queues")).Sees("There is no queue yet. It is where answered calls wait for agents");
}
