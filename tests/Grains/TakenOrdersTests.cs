using Carillon.Calls;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class TakenOrdersTests
{
    static readonly AttemptId Before = new("before"), Came = new("came"), Meanwhile = new("meanwhile"), Lost = new("lost");

    readonly TakenOrders _orders = new();

    [Fact]
    public void What_is_known_to_have_come_or_may_have_come_to_an_earlier_owner_is_no_lost_order()
    {
        Assert.False(_orders.WasNever(Lost));
        _orders.Inherit([Before]);
        Assert.True(_orders.TryAdd(Came));

        Assert.False(_orders.WasNever(Before));
        Assert.False(_orders.WasNever(Came));
        Assert.True(_orders.WasNever(Lost));
        _orders.Remove(Came);
        Assert.True(_orders.WasNever(Came));
    }

    [Fact]
    public void What_comes_while_the_store_is_asked_is_kept_though_the_store_does_not_tell_of_it()
    {
        _orders.Inherit([]);
        _orders.TryAdd(Came);
        _orders.BeforeLook();
        _orders.TryAdd(Meanwhile);
        _orders.StillOpen([]);

        Assert.True(_orders.WasNever(Came));
        Assert.False(_orders.WasNever(Meanwhile));
    }

    [Fact]
    public void An_order_that_comes_after_it_was_told_that_it_never_came_is_refused_until_its_line_has_lapsed_for_certain()
    {
        _orders.Inherit([]);
        _orders.Refuse(Lost, TimeSpan.Zero);
        _orders.Refuse(Came, LineBook.GrantLifetime);
        Assert.False(_orders.TryAdd(Lost));

        _orders.Refuse(Meanwhile, 3 * LineBook.GrantLifetime);
        Assert.True(_orders.TryAdd(Lost));
        Assert.False(_orders.TryAdd(Came));
    }
}
