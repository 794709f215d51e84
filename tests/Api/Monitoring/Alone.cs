namespace Carillon.Api.Tests.Monitoring;

/// <summary>Meters are heard by their name in the whole process: tests that read them must not run beside nodes of other tests.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
