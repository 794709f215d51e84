using Carillon.Hosting;
using Carillon.Silo;
using Carillon.Storage;

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

if (args is ["--sql"])
{
    Console.Write(Database.PostgresScript);
    return 0;
}

NodeOptions? options = null;
try
{
    await using var app = Node.Create(args);
    options = app.Configuration.GetSection("Node").Get<NodeOptions>() ?? new();
    await using var duty = await Duty.Begin(app, options, app.Configuration.GetSection("Cluster").Get<ClusterOptions>() ?? new());
    // Told to stop while it waited for its turn.
    if (duty is null) return 0;
    // Opened before anything else, so that what is wrong with it is the first thing said.
    await app.Services.GetRequiredService<Database>().OpenAsync();
    await app.StartAsync();
    Console.WriteLine($"Carillon listens on {string.Join(", ", app.Urls)}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (OperationCanceledException)
{
    // Told to stop while it was still starting.
    return 0;
}
catch (Exception e) when (StartRefused.Explain(e, options) is { } sentences)
{
    foreach (var sentence in sentences) await Console.Error.WriteLineAsync($"carillon: {sentence}");
    return 1;
}
