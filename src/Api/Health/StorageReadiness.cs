using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Health;

sealed class StorageReadiness(ConfigStore<GroupConfig> anything) : IReadiness
{
    public async Task<string?> Problem(CancellationToken cancel)
    {
        try
        {
            await anything.ListAsync([], cancel);
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
    }
}
