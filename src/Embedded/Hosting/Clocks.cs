using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>The clock of each area, under the keys that Orleans uses.</summary>
sealed record Clocks(
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider Timers,
    [FromKeyedServices(TimeProviderNames.Messaging)] TimeProvider Messaging,
    [FromKeyedServices(TimeProviderNames.ActivationManagement)] TimeProvider Activations);
