using System.Security.Cryptography;

namespace Carillon.Demo;

/// <summary>
/// How the demo signs in. A node that has no user yet is given an administrator with a generated password, which is shown once and kept nowhere; for
/// later runs on the same data the demo keeps an API key beside them that only this user can read.
/// </summary>
sealed class AdminKey(string data)
{
    public const string Login = "admin";

    readonly string _file = Path.Combine(data, "demo.key");

    /// <summary>Null once a key is kept: then the node has its administrator.</summary>
    public string? Password { get; } = File.Exists(Path.Combine(data, "demo.key")) ? null : RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    /// <summary>For people, in a few words.</summary>
    public string Spoken => Password is null ? Login : $"{Login}, {Password}";

    /// <exception cref="NodeRefused">The data are of a node that somebody else set up.</exception>
    public async Task SignIn(NodeApi api)
    {
        try
        {
            if (Password is not null) await Keep(api, Password);
            api.UseKey((await File.ReadAllTextAsync(_file)).Trim());
            await api.Get<Session>("session");
        }
        catch (NodeRefused refused) when (NodeApi.IsUnauthorized(refused))
        {
            throw new NodeRefused($"The data in {Path.GetFullPath(data)} are not the demo's, or its key was revoked. Take another folder: --data demo-data.");
        }
    }

    async Task Keep(NodeApi api, string password)
    {
        await api.Post<Session>("session", new { login = Login, password });
        var key = await api.Post<MadeKey>("keys", new { name = "demo" });
        var mine = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        await using var file = new StreamWriter(_file, mine);
        await file.WriteLineAsync(key.Key);
    }
}
