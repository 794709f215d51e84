using Carillon.Api.Access;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

/// <summary>Secrets that a file holds, as orchestrators hand them over, put where the setting itself would stand. The first administrator's is read when it is needed.</summary>
static class SecretFiles
{
    static readonly string[] Keys = ["Storage:ConnectionString", "Storage:Password"];

    public static void Add(IConfigurationManager configuration, List<string> problems)
    {
        var read = new Dictionary<string, string?>();
        foreach (var key in Keys)
        {
            if (configuration[key + "File"] is not { Length: > 0 } file) continue;
            if (configuration[key] is { Length: > 0 })
            {
                problems.Add($"{key}File names a file with what {key} gives too: give one of them.");
                continue;
            }
            try
            {
                read[key] = SecretFile.Read(key + "File", file);
            }
            catch (OptionsValidationException e)
            {
                problems.AddRange(e.Failures);
            }
        }
        configuration.AddInMemoryCollection(read);
    }
}
