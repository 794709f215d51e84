using System.Runtime.Versioning;
using Carillon.Demo;

// The node is started by a shell and stopped by signals.
[assembly: UnsupportedOSPlatform("windows")]

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(DemoOptions.Help);
    return 0;
}
try
{
    var options = DemoOptions.Read(args);
    using var interrupts = new Interrupts();
    await new Demonstration(options, interrupts).Run();
    return 0;
}
catch (NodeRefused refused)
{
    foreach (var sentence in refused.Message.Split('\n')) await Console.Error.WriteLineAsync(sentence.StartsWith("carillon:", StringComparison.Ordinal) ? sentence : $"carillon: {sentence}");
    return 1;
}
